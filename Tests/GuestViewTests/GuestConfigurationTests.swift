import Testing

@testable import GuestView

@Suite("a kernel's configuration")
struct GuestConfigurationTests {
  private func read(
    _ lines: [String], separator: String = "\n"
  ) throws(GuestConfigurationError) -> GuestConfiguration {
    try GuestConfiguration(Array(lines.joined(separator: separator).utf8), name: "config")
  }

  private static let whole = [
    "#", "# Automatically generated file; DO NOT EDIT.",
    "# Linux/arm64 6.12.43 Kernel Configuration", "#", "CONFIG_CC_IS_GCC=y", "CONFIG_SWIOTLB=y",
    "CONFIG_VIRTIO_BLK=m", "# CONFIG_DMA_RESTRICTED_POOL is not set", "", "CONFIG_NR_CPUS=512",
    "CONFIG_BASE=-0x1f", "CONFIG_CMDLINE=\"console=ttyAMA0 # quiet\"",
  ]

  @Test("says of each option that matters how it is built", arguments: ["\n", "\r\n"])
  func options(separator: String) throws {
    let guest = try read(Self.whole, separator: separator)
    #expect(guest.version == GuestConfiguration.Version(6, 12))
    #expect(guest.architecture == .arm64)
    #expect(guest.commandLine == "console=ttyAMA0 # quiet")
    #expect(guest[.swiotlb] == .builtIn)
    #expect(guest[.virtioBlk] == .module)
    #expect(guest[.dmaRestrictedPool] == .off)
  }

  @Test("knows every option that matters by its whole name")
  func names() throws {
    for option in GuestOption.allCases {
      let others = ["CONFIG_\(option.rawValue)X=y", "CONFIG_X\(option.rawValue)=y"]
      let without = try read(["CONFIG_CC_IS_CLANG=y"] + others)
      #expect(without[option] == .off, "\(option)")
      let with = try read(["CONFIG_CC_IS_CLANG=y", "CONFIG_\(option.rawValue)=m"] + others)
      #expect(with[option] == .module, "\(option)")
    }
  }

  @Test("goes by the last line where an option is set twice")
  func twice() throws {
    let guest = try read(Self.whole + ["CONFIG_SWIOTLB=n", "CONFIG_VIRTIO_BLK=y"])
    #expect(guest[.swiotlb] == .off)
    #expect(guest[.virtioBlk] == .builtIn)
  }

  @Test(
    "with a line that is none is refused, with its number",
    arguments: [
      ("CONFIG_X", "neither an option"), ("X=y", "neither an option"), ("=", "neither an option"),
      ("CONFIG=y", "neither an option"), ("CONFIG_=y", "no name"), ("CONFIG_A B=y", "no name"),
      ("CONFIG_X=", "the value is neither"), ("CONFIG_X=yes", "the value is neither"),
      ("CONFIG_X=\"", "the value is neither"), ("CONFIG_X=\"a", "the value is neither"),
      ("\0", "neither an option"), (" CONFIG_X=y", "neither an option"),
    ])
  func wrong(line: String, message: String) throws {
    let error = #expect(throws: GuestConfigurationError.self) { try read(Self.whole + [line]) }
    #expect(error?.line == Self.whole.count + 1)
    #expect(error?.message.hasPrefix(message) == true)
  }

  @Test("counts its lines wherever they end, whatever bytes are in them")
  func lines() throws {
    for length in 0..<40 {
      for filler in ["x", "\u{b}", "\u{8a}", "é"] {
        let comment = "#" + String(repeating: filler, count: length)
        let lines = Self.whole + ["# CONFIG", "# CONFIG_", comment, comment, "CONFIG_ZSWAP=y"]
        #expect(try read(lines)[.swiotlb] == .builtIn)
        let error = #expect(throws: GuestConfigurationError.self) { try read(lines + ["no"]) }
        #expect(error?.line == lines.count + 1)
      }
    }
  }

  @Test("takes letters, digits and _ for the names of options, and no other byte")
  func bytesOfNames() throws {
    for byte in UInt8.min...UInt8.max where byte != 0x0a && byte != UInt8(ascii: "=") {
      let line = Array("CONFIG_A".utf8) + [byte] + Array("B=y".utf8)
      let text = Array("CONFIG_CC_IS_GCC=y\n".utf8) + line
      let character = Character(Unicode.Scalar(byte))
      let isOfName = byte < 128 && (character.isLetter || character.isNumber || character == "_")
      let isTaken = (try? GuestConfiguration(text, name: "config")) != nil
      #expect(isTaken == isOfName, "\(byte)")
    }
  }

  @Test("says the same however it is cut", arguments: [1, 2, 3, 7, 64, 200])
  func parts(size: Int) throws {
    func read(_ text: [UInt8]) throws(GuestConfigurationError) -> GuestConfiguration {
      var reader = GuestConfigurationReader()
      var start = 0
      while start < text.count {
        let end = min(start + size, text.count)
        try reader.read(text.span.extracting(start..<end))
        start = end
      }
      return try reader.configuration(name: "config")
    }
    for end in ["", "\n"] {
      let text = Self.whole.joined(separator: "\n") + end
      let whole = try GuestConfiguration(Array(text.utf8), name: "config")
      #expect(try read(Array(text.utf8)) == whole)
      for wrong in ["CONFIG_X", "x\nCONFIG_X=y", "\0"] {
        let text = Self.whole.joined(separator: "\n") + "\n" + wrong + end
        let error = #expect(throws: GuestConfigurationError.self) { try read(Array(text.utf8)) }
        #expect(error?.line == Self.whole.count + 1)
      }
    }
  }

  @Test(
    "of more than 4 MiB is refused, in one line or in many", arguments: ["# x", "CONFIG_X=y\n"])
  func large(filler: String) throws {
    let head = Array((Self.whole.joined(separator: "\n") + "\n").utf8)
    let filler = Array(String(repeating: filler, count: 1 << 16).utf8)
    var reader = GuestConfigurationReader()
    try reader.read(head.span)
    let error = #expect(throws: GuestConfigurationError.self) {
      for _ in 0...(4 << 20) / filler.count { try reader.read(filler.span) }
    }
    #expect(error?.message == "larger than 4 MiB: no kernel's configuration")
  }

  @Test("that is a part of one, or nothing, is refused as a whole")
  func part() throws {
    for lines in [[], [""], ["# nothing"], ["CONFIG_SWIOTLB=y"]] {
      let error = #expect(throws: GuestConfigurationError.self) { try read(lines) }
      #expect(error?.line == nil)
    }
  }
}
