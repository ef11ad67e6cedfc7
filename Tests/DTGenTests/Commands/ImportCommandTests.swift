import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

@Suite("dtgen import", .requiresDistribution)
struct ImportCommandTests {
  private static let source = """
    /dts-v1/;
    /memreserve/ 0x48000000 0x1000;
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      compatible = "example,board";
      memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
      clock: clock { #clock-cells = <0>; };
      thing@1000 { reg = <0 0x1000 0 0x1000>; clocks = <&clock>; odd_name+; };
      chosen { rng-seed = [01 02]; bootargs = "quiet"; };
    };
    """

  private static let seeds: Set<String> = [
    "/chosen/rng-seed", "/chosen/kaslr-seed", "/secure-chosen/rng-seed",
    "/secure-chosen/kaslr-seed",
  ]

  /// A directory with `board.dtb` in it.
  private func scratch(_ bytes: [UInt8]? = nil) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.write(bytes ?? DTC.compile(Self.source).bytes, to: "board.dtb")
    return scratch
  }

  /// Imports `board.dtb`, builds what was written, and says what differs.
  private func differences(_ scratch: ScratchDirectory, _ options: [String] = []) throws -> [String]
  {
    let imported = try Command.run(["import", "board.dtb"] + options, in: scratch)
    guard imported.status == 0 else { return ["import: \(imported.errors)"] }
    let built = try Command.run(
      ["build", "platform.swift", "-o", "out", "--force", "--fail-on", "never", "-q"], in: scratch)
    // A warning of the compiler's would stand there; findings are about the tree.
    guard built.status == 0, !built.errors.contains("platform.swift: warning") else {
      return ["build: \(built.errors)"]
    }
    guard let before = scratch.read("board.dtb"), let after = scratch.read("out/board.dtb") else {
      return ["no tree was built"]
    }
    return try TreeAgreement(
      Tree(FlattenedTree(before)), Tree(FlattenedTree(after)),
      ignoring: options.contains("--seeds") ? [] : Self.seeds
    ).differences
  }

  /// What `swift format` has to say of the text.
  private func format(_ scratch: ScratchDirectory) throws -> String {
    let result = try Tool("swift", package: "Swift from https://swift.org/install").run([
      "format", "lint", "--strict", "--configuration", Repository.root + "/.swift-format",
      scratch.path + "/platform.swift",
    ])
    return result.text + result.errors
  }

  @Test("writes a description that builds to the same tree", .requires(.dtc))
  func roundTrip() throws {
    let scratch = try scratch()
    #expect(try differences(scratch) == [])
    #expect(try format(scratch) == "")
    let raw = try self.scratch()
    #expect(try differences(raw, ["--raw", "--seeds"]) == [])
    #expect(try format(raw) == "")
  }

  @Test(
    "takes the trees that QEMU writes, through the compiler", .requires(.qemuArm),
    .requires(.qemuRISCV),
    arguments: [
      QEMUDump.arm64("virt,gic-version=3", "-smp 2 -m 1G"),
      .arm64("virt,gic-version=2,secure=on", "-smp 3"),
      .arm64("virt,gic-version=3,iommu=smmuv3", "-smp 123"),
      .riscv64("virt", "-smp 4"), .riscv64("virt,aia=aplic-imsic", "-smp 2"),
    ])
  func qemu(dump: QEMUDump) throws {
    let scratch = try scratch(dump.bytes())
    #expect(try differences(scratch) == [])
    #expect(try format(scratch) == "")
  }

  /// Unit addresses that no number is spelled as, of devices whose interrupts go to a controller that
  /// is a noun.
  private static let oddAddresses = """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <2>; interrupt-parent = <&gic>; compatible = "x,board";
      cpus {
        #address-cells = <1>; #size-cells = <0>;
        cpu@0 { device_type = "cpu"; compatible = "arm,armv8"; reg = <0>; };
      };
      gic: intc@8000000 {
        compatible = "arm,gic-v3"; interrupt-controller; #interrupt-cells = <3>;
        #address-cells = <2>; #size-cells = <2>; ranges; #redistributor-regions = <1>;
        reg = <0 0x8000000 0 0x10000 0 0x80a0000 0 0x20000>;
      };
      A@1000 { compatible = "x,y"; reg = <0 0x1000 0 0x10>; interrupts = <0 96 4>; };
      B@zz { compatible = "x,y"; interrupts = <0 97 4>; };
      C@A000 { compatible = "x,y"; reg = <0 0xa000 0 0x10>; interrupts = <0 98 4>; };
      D@1,0 { compatible = "x,y"; interrupts = <0 99 4>; };
      E@5000 { compatible = "x,y"; interrupts = <0 100 4>; };
      F@07000 { compatible = "x,y"; reg = <0 0x7000 0 0x10>; interrupts = <0 101 4>; };
      G { compatible = "x,y"; interrupts = <0 102 4>; };
      wrap@fffffffffffff000 { reg = <0xffffffff 0xfffff000 0 0x2000>; interrupts = <0 103 4>; };
    };
    """

  @Test("writes all of it into the text, which is compiled", .requires(.dtc))
  func oddAddresses() throws {
    let scratch = try scratch(DTC.compile(Self.oddAddresses, options: ["-f"]).bytes)
    #expect(try differences(scratch) == [])
    let text = String(decoding: try #require(scratch.read("platform.swift")), as: UTF8.self)
    #expect(text.contains("GICv3("))
    #expect(text.contains("interrupt: .spi(96, .levelHigh)"))
    #expect(text.contains("Property(\"interrupts\", 0, 98, 4)"))
  }

  private static let fixtures: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: Repository.fixtures + "/imports"))?
    .sorted() ?? []

  @Test(
    "gives each tree of the fixtures back, through the compiler", .requires(.dtc),
    arguments: fixtures)
  func fixtureTrees(name: String) throws {
    let source = try String(
      contentsOfFile: Repository.fixtures + "/imports/\(name)/tree.dts", encoding: .utf8)
    #expect(try differences(scratch(DTC.compile(source).bytes)) == [])
  }

  @Test("leaves the tree alone when the description is built beside it", .requires(.dtc))
  func besideTheTree() throws {
    let scratch = try scratch()
    let before = try #require(scratch.read("board.dtb"))
    let imported = try Command.run(["import", "board.dtb"], in: scratch)
    #expect(imported.text.hasSuffix("next: dtgen build platform.swift -o out\n"))
    let build = ["build", "platform.swift", "--fail-on", "never", "-q"]
    let refused = try Command.run(build, in: scratch)
    #expect(refused.status == 73)
    #expect(
      refused.errors.hasSuffix(
        "board.dtb: is there already, and was not written by dtgen; -o DIRECTORY writes elsewhere, "
          + "--force replaces it\n"))
    #expect(scratch.read("board.dtb") == before)
    for _ in 0..<2 {
      #expect(try Command.run(build + ["-o", "out"], in: scratch).status == 0)
    }
    // What a build wrote gives way to the next one, whatever has changed.
    let text = String(decoding: try #require(scratch.read("platform.swift")), as: UTF8.self)
    try scratch.write(
      Array(text.replacingOccurrences(of: "\"quiet\"", with: "\"debug\"").utf8),
      to: "platform.swift")
    let first = scratch.read("out/board.dtb")
    #expect(try Command.run(build + ["-o", "out"], in: scratch).status == 0)
    #expect(scratch.read("out/board.dtb") != first)
    #expect(try Command.run(build + ["--force"], in: scratch).status == 0)
    #expect(scratch.read("board.dtb") == scratch.read("out/board.dtb"))
  }

  private static let corpus: [String] = {
    let directory = Repository.root + "/.build/corpus/dtb"
    return ["rockchip_rk3328-nanopi-r2s.dtb", "amlogic_meson-gxbb-p200.dtb"]
      .map { directory + "/" + $0 }.filter { FileManager.default.fileExists(atPath: $0) }
  }()

  @Test("takes trees of Debian's arm64 kernel, through the compiler", arguments: corpus)
  func debian(path: String) throws {
    let scratch = try scratch([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    #expect(try differences(scratch) == [])
    #expect(try format(scratch) == "")
  }

  @Test("writes to standard output, and reads from standard input", .requires(.dtc))
  func streams() throws {
    let scratch = try scratch()
    let bytes = try #require(scratch.read("board.dtb"))
    let piped = try Command.run(
      ["import", "-", "-o", "-", "--name", "board"], in: scratch, input: bytes)
    #expect(piped.status == 0)
    #expect(piped.text.contains("VirtualMachine(\"board\""))
    #expect(scratch.read("platform.swift") == nil)
    let named = try Command.run(["import", "board.dtb", "-o", "-"], in: scratch)
    #expect(named.text.hasPrefix("// Imported from board.dtb by dtgen import.\n"))
    #expect(
      named.text.replacingOccurrences(of: " from board.dtb", with: "") == piped.text)
  }

  @Test("says what it left out", .requires(.dtc))
  func seeds() throws {
    let scratch = try scratch()
    let without = try Command.run(["import", "board.dtb", "-o", "-"], in: scratch).text
    #expect(without.contains("/chosen/rng-seed"))
    #expect(!without.contains("Property(\"rng-seed\""))
    let with = try Command.run(["import", "board.dtb", "-o", "-", "--seeds"], in: scratch).text
    #expect(with.contains("Property(\"rng-seed\", bytes: [0x01, 0x02])"))
  }

  @Test("never replaces what is there, unless it is told to", .requires(.dtc))
  func overwriting() throws {
    let scratch = try scratch()
    try scratch.write(Array("mine".utf8), to: "platform.swift")
    let refused = try Command.run(["import", "board.dtb"], in: scratch)
    #expect(refused.status == 73)
    #expect(
      refused.errors == "dtgen: error: platform.swift: exists already; --force replaces it\n")
    #expect(scratch.read("platform.swift") == Array("mine".utf8))
    #expect(try Command.run(["import", "board.dtb", "--force"], in: scratch).status == 0)
    #expect(scratch.read("platform.swift") != Array("mine".utf8))
    let itself = try Command.run(
      ["import", "board.dtb", "-o", "board.dtb", "--force"], in: scratch)
    #expect(itself.status == 73)
    #expect(itself.errors.contains("would replace an input"))
  }

  @Test("refuses what it can't give back, with the reason", .requires(.dtc))
  func refusals() throws {
    let overlay = try scratch(
      DTC.compile(
        "/dts-v1/; /plugin/; / { fragment@0 { target-path = \"/\"; __overlay__ { a; }; }; };"
      ).bytes)
    let refused = try Command.run(["import", "board.dtb"], in: overlay)
    #expect(refused.status == 65)
    #expect(
      refused.errors
        == "dtgen: error: board.dtb: this is an overlay; import takes whole trees, so apply it to its base first\n"
    )
    #expect(overlay.read("platform.swift") == nil)
    let text = try scratch(Array("no tree".utf8))
    #expect(try Command.run(["import", "board.dtb"], in: text).status == 65)
    #expect(try Command.run(["import", "nowhere.dtb"], in: text).status == 66)
    for arguments in [
      ["import"], ["import", "board.dtb", "--name", "a/b"], ["import", "board.dtb", "-o", ""],
      ["import", "board.dtb", "--name", ""],
    ] {
      #expect(try Command.run(arguments, in: text).status == 64)
    }
  }
}
