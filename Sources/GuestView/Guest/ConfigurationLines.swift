/// What the lines of a kernel's configuration say, one after the other.
///
/// **Source:** Linux `scripts/kconfig/confdata.c`, `conf_read_simple`, `__conf_write_autoconf`.
struct ConfigurationLines {
  var version: GuestConfiguration.Version?
  var architecture: Architecture?
  var commandLine: String?
  var settings = GuestConfiguration.Settings()
  /// How many options there are.
  var options = 0
  /// Whether the options of the compiler are there, which Kconfig writes into every whole file.
  var namesCompiler = false

  /// The options that matter, by the length of their names: most of ten thousand are told from them without
  /// looking at a byte.
  private let wanted: [[(name: [UInt8], option: GuestOption)]]
  /// By the same length, a bit for the last byte of each name, modulo 64.
  private let lastBytes: [UInt64]

  /// The first eight bytes of `# CONFIG_`, and the seven of `CONFIG_`, as ``Swift/Span/word(at:)`` gives them.
  private static let comment: UInt64 = 0x4749_464e_4f43_2023
  private static let prefix: UInt64 = 0x5f_4749_464e_4f43
  private static let header = Array("# Linux/".utf8)
  private static let gcc = Array("CC_IS_GCC".utf8)
  private static let clang = Array("CC_IS_CLANG".utf8)
  private static let commandLineName = Array("CMDLINE".utf8)

  init() {
    var wanted: [[(name: [UInt8], option: GuestOption)]] = []
    var lastBytes: [UInt64] = []
    for option in GuestOption.allCases {
      let name = Array(option.rawValue.utf8)
      while wanted.count <= name.count {
        wanted.append([])
        lastBytes.append(0)
      }
      wanted[name.count].append((name, option))
      lastBytes[name.count] |= Self.bit(of: name[name.count - 1])
    }
    self.wanted = wanted
    self.lastBytes = lastBytes
  }

  /// Reads one line; what is wrong with it, or nil.
  mutating func read(_ line: Span<UInt8>) -> String? {
    var count = line.count
    if count > 0, line[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    if count == 0 { return nil }
    if line[0] == UInt8(ascii: "#") {
      if line.count > 8, line.word(at: 0) == Self.comment, line[8] == UInt8(ascii: "_") {
        options += 1
      } else if line.starts(with: Self.header) {
        takeHeader(line.extracting(Self.header.count..<count))
      }
      return nil
    }
    let start = 7
    var equals = start
    var isName = true
    while equals < count, line[equals] != UInt8(ascii: "=") {
      isName = isName && Self.isOfName(line[equals])
      equals &+= 1
    }
    guard line.word(at: 0) & 0xff_ffff_ffff_ffff == Self.prefix, equals < count else {
      return "neither an option (CONFIG_NAME=VALUE) nor a comment"
    }
    guard isName, equals > start else { return "no name of an option in front of the =" }
    let value = line.extracting((equals + 1)..<count)
    guard Self.isValue(value) else {
      return "the value is neither y, m, n, a number nor a text in quotes"
    }
    take(line.extracting(start..<equals), value)
    return nil
  }

  private mutating func take(_ name: Span<UInt8>, _ value: Span<UInt8>) {
    options += 1
    switch name.count {
    case 7 where name.equals(Self.commandLineName) && value.count > 2:
      commandLine = value.extracting(1..<(value.count - 1)).text
    case 9 where name.equals(Self.gcc), 11 where name.equals(Self.clang): namesCompiler = true
    default: break
    }
    guard name.count < wanted.count,
      lastBytes[name.count] & Self.bit(of: name[name.count - 1]) != 0
    else { return }
    // The last one counts.
    for (wanted, option) in wanted[name.count] where name.starts(with: wanted) {
      settings[option] =
        switch value[0] {
        case UInt8(ascii: "y"): .builtIn
        case UInt8(ascii: "m"): .module
        default: .off
        }
    }
  }

  /// `# Linux/arm64 6.12.43 Kernel Configuration`.
  private mutating func takeHeader(_ line: Span<UInt8>) {
    let words = line.text.split(separator: " ")
    guard words.count >= 2 else { return }
    version = GuestConfiguration.Version(words[1])
    architecture =
      switch words[0] {
      case "arm64": .arm64
      case "riscv": .riscv64
      case "x86", "x86_64", "i386": .x86
      default: nil
      }
  }

  private static func bit(of byte: UInt8) -> UInt64 { 1 << UInt64(byte & 63) }

  /// Whether it is a letter, a digit or `_`.
  private static func isOfName(_ byte: UInt8) -> Bool {
    // Of the bytes from 0 to 63, and from 64 to 127, those that are.
    let half: UInt64 = byte < 64 ? 0x03ff_0000_0000_0000 : 0x07ff_fffe_87ff_fffe
    return byte < 128 && half & bit(of: byte) != 0
  }

  private static func isValue(_ value: Span<UInt8>) -> Bool {
    guard value.count > 0 else { return false }
    let last = value[value.count - 1]
    if value[0] == UInt8(ascii: "\"") { return value.count > 1 && last == UInt8(ascii: "\"") }
    if value.count == 1,
      last == UInt8(ascii: "y") || last == UInt8(ascii: "m") || last == UInt8(ascii: "n")
    {
      return true
    }
    for index in value.indices where !isOfNumber(value[index]) { return false }
    return true
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "x"), UInt8(ascii: "X"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension Span<UInt8> {
  /// Eight bytes, the first of which is the lowest; 0 where there are fewer, which no text is.
  func word(at offset: Int) -> UInt64 {
    guard offset >= 0, offset &+ 8 <= count else { return 0 }
    return UInt64(
      littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  fileprivate func starts(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }

  fileprivate func equals(_ other: [UInt8]) -> Bool {
    count == other.count && starts(with: other)
  }

  fileprivate var text: String {
    var bytes: [UInt8] = []
    for index in indices { bytes.append(self[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
