import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

@testable import dtgen

@Suite("dtgen lint", .requiresDistribution, .requires(.dtc))
struct LintCommandTests {
  /// A board with two regions that overlap.
  private static let board = """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <2>;
      compatible = "vendor,board", "vendor,chip";
      memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
      reserved-memory {
        #address-cells = <2>; #size-cells = <2>; ranges;
        a@5f000000 { reg = <0 0x5f000000 0 0x200000>; };
        b@5f100000 { reg = <0 0x5f100000 0 0x200000>; };
      };
    };
    """
  private static let clean = """
    /dts-v1/;
    / {
      #address-cells = <2>; #size-cells = <2>;
      compatible = "vendor,board", "vendor,chip";
      memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
    };
    """

  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    for directory in ["trees", "trees/sub", "empty"] { try make(directory) }
    try scratch.write(DTC.compile(Self.board).bytes, to: "trees/board.dtb")
    try scratch.write(DTC.compile(Self.clean).bytes, to: "trees/sub/clean.dtb")
    try scratch.write([1, 2, 3], to: "trees/notes.txt")
  }

  private func make(_ directory: String) throws {
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/" + directory, withIntermediateDirectories: true)
  }

  private func lint(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["lint"] + arguments, in: scratch)
  }

  private func policy(_ text: String, _ name: String = ".dtgen.json") throws {
    try scratch.write(Array(text.utf8), to: name)
  }

  private func files(_ result: Tool.Result) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(result.output))
    return (document as? [String: Any])?["files"] as? [[String: Any]] ?? []
  }

  @Test("finds the trees in a directory and below, in the order of their paths")
  func directories() throws {
    let result = try lint("trees", "--format", "json")
    #expect(result.status == 1)
    #expect(
      try files(result).map { $0["file"] as? String } == [
        "trees/board.dtb", "trees/sub/clean.dtb",
      ])
    let linked = scratch.path + "/trees/sub/loop"
    try FileManager.default.createSymbolicLink(atPath: linked, withDestinationPath: "..")
    #expect(try lint("trees", "--format", "json").output == result.output)
  }

  @Test("takes a directory without trees for a mistake")
  func emptyDirectory() throws {
    let result = try lint("empty", "trees/sub")
    #expect(result.status == 66)
    #expect(
      result.errors == "dtgen: error: empty: there is no .dtb, .dtbo or .aml in this directory\n")
    #expect(result.text.contains("could not be judged"))
  }

  @Test("gives the same bytes for many files, however many processors judge them")
  func order() throws {
    let bytes = try #require(scratch.read("trees/board.dtb"))
    for number in 0..<200 { try scratch.write(bytes, to: "trees/sub/\(number).dtb") }
    let first = try lint("trees", "--format", "json")
    #expect(try files(first).count == 202)
    for _ in 0..<3 { #expect(try lint("trees", "--format", "json").output == first.output) }
  }

  @Test("writes several forms at once")
  func forms() throws {
    let result = try lint(
      "trees", "--format", "sarif=out.sarif", "--format", "junit=out.xml", "--format", "github")
    #expect(result.status == 1)
    #expect(result.text.hasPrefix("::error"))
    let sarif = try #require(scratch.read("out.sarif"))
    _ = try JSONSerialization.jsonObject(with: Data(sarif))
    #expect(
      String(decoding: try #require(scratch.read("out.xml")), as: UTF8.self).contains("<test"))
    #expect(try lint("trees", "--format", "json", "-o", "out.json").text == "")
    #expect(
      try #require(scratch.read("out.json")) == (try lint("trees", "--format", "json").output))
  }

  @Test(
    "refuses with status 64",
    arguments: [
      ["--rule", "dma/unheard-of"], ["--rule", ""], ["--severity", "dma"],
      ["--severity", "dma=loud"], ["--severity", "dmaa=off"], ["--profile", "gpu"],
      ["--format", "text", "--format", "json"], ["--format", "sarif="], ["--format", "elf"],
      ["--format", "json=a", "--format", "sarif=a"], ["--format", "json=a", "-o", "b"],
      ["--max-size", "0"], ["--max-depth", "0"], ["--max-nodes", "0"], ["--max-time", "-1"],
      ["--policy", "a", "--no-policy"], ["--today", "tomorrow"], [""], ["--color", "red"],
    ])
  func usage(arguments: [String]) throws {
    let result = try Command.run(["lint", "trees"] + arguments, in: scratch)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.text == "")
  }

  @Test("runs the rules that are named, and weighs them as it is told")
  func rulesAndSeverities() throws {
    #expect(try lint("trees", "--rule", "dma").status == 0)
    #expect(try lint("trees", "--rule", "memory/region-overlap").status == 1)
    #expect(try lint("trees", "--severity", "memory/region-overlap=warning").status == 0)
    #expect(try lint("trees", "--severity", "memory=off").status == 0)
    #expect(
      try lint("trees", "--severity", "memory=off", "--severity", "memory/region-overlap=error")
        .status == 1)
    #expect(
      try lint(
        "trees", "--severity", "memory/region-overlap=warning", "--fail-on", "warning"
      ).status == 1)
  }

  @Test("says of which profile it took a tree to be")
  func profiles() throws {
    #expect(try lint("trees/board.dtb").text.contains("profile soc, because the root is"))
    #expect(!(try lint("trees/board.dtb", "--profile", "soc").text.contains("profile soc")))
    let verbose = try lint("trees/board.dtb", "--profile", "vm", "-v").text
    #expect(verbose.contains("profile vm, because it was asked for"))
  }

  @Test("tables where each device may do DMA")
  func confinement() throws {
    let guest = """
      /dts-v1/;
      / {
        #address-cells = <2>; #size-cells = <2>;
        memory@40000000 { device_type = "memory"; reg = <0 0x40000000 0 0x40000000>; };
        virtio@a000000 { compatible = "virtio,mmio"; reg = <0 0xa000000 0 0x200>; };
      };
      """
    try scratch.write(DTC.compile(guest).bytes, to: "guest.dtb")
    #expect(try lint("guest.dtb", "--explain-dma").text.contains("1 does not come up"))
    let json = try lint("guest.dtb", "--explain-dma", "--format", "json")
    #expect((try files(json).first?["devices"] as? [Any])?.count == 1)
    #expect(try lint("guest.dtb", "--explain-dma", "--format", "sarif").status == 64)
  }

  @Test("takes no file for a call for help, however it is called")
  func disguised() throws {
    try scratch.write(DTC.compile(Self.board).bytes, to: "-machine.dtb")
    for name in ["-machine.dtb", "-h.dtb"] {
      let result = try lint(name)
      #expect(result.status == 64)
      #expect(result.errors.contains("write ./\(name)"))
    }
    #expect(try lint("-h").status == 0)
  }

  @Test("refuses lists that would take gibibytes to resolve, and judges the files beside them")
  func longLists() throws {
    let entry = PropertyValue.cells([0, 1, 0, 1])
    let map = PropertyValue(
      bytes: Array(repeatElement(entry.bytes, count: 1 << 16 | 1).joined()))
    let host = DeviceTree.Node("pcie", properties: [DeviceTree.Property("iommu-map", map)])
    var tree = Tree()
    tree.root = DeviceTree.Node("", children: [host])
    try scratch.write(tree.flattened(), to: "long.dtb")
    let result = try lint("long.dtb", "trees")
    #expect(result.status == 65)
    #expect(result.errors.contains("long.dtb: /pcie: iommu-map: with it the lists"))
    #expect(result.text.contains("board.dtb"))
  }

  @Test("takes the policy of the working directory, on the fast way and on the other")
  func policyPickedUp() throws {
    try policy(#"{ severities: { "memory/region-overlap": "note" } }"#)
    #expect(try lint("trees").status == 0)
    #expect(try lint("trees", "--format", "text").status == 0)
    #expect(try lint("trees", "--format", "text").text == (try lint("trees").text))
    #expect(try lint("trees", "--no-policy").status == 1)
    #expect(try lint("trees", "--severity", "memory/region-overlap=error").status == 1)
    try policy(#"{ failOn: "note", severities: { "memory": "note" } }"#)
    #expect(try lint("trees").status == 1)
    #expect(try lint("trees", "--fail-on", "error").status == 0)
  }

  @Test(
    "ends with status 78 where the policy is wrong, and judges nothing",
    arguments: [
      ("{", "the document ends too early"), ("{failOn: nope}", "it is neither JSON nor JSON5"),
      (#"{"profil": "vm"}"#, "profil: unknown key"),
      (#"{"severities": {"dmaa": "off"}}"#, "severities.dmaa: there is no rule"),
      (
        #"{"waivers": [{"rule": "a/b", "node": "/", "reason": "r"}]}"#,
        "waivers[0].rule: there is no rule 'a/b'"
      ),
      (#"{"waivers": {}}"#, "waivers: it should be a list"),
      (
        #"{waivers: [{rule: "memory/region-overlap", node: "**", reason: "r", expires: "2027-01-31"}]}"#,
        "the waiver of memory/region-overlap at ** expired on 2027-01-31"
      ),
    ])
  func badPolicy(text: String, words: String) throws {
    try policy(text)
    let result = try lint("trees", "--today", "2027-02-01")
    #expect(result.status == 78)
    #expect(result.errors.hasPrefix("dtgen: error: .dtgen.json:"))
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(result.text == "")
  }

  @Test("waives what is meant, and says which waivers nothing needs")
  func waivers() throws {
    let waiver = #"{rule: "memory/region-overlap", node: "/reserved-memory/*", reason: "meant"}"#
    try policy("{waivers: [\(waiver)]}")
    let waived = try lint("trees")
    #expect(waived.status == 0)
    #expect(waived.text.contains("because meant\n") && waived.text.contains("1 allowed"))
    let idle = try lint("trees/sub")
    #expect(idle.status == 78)
    #expect(idle.errors.contains("nothing needs the waiver of memory/region-overlap"))
    // It speaks of another file, so there is nothing to say here.
    try policy("{waivers: [\(waiver.replacingOccurrences(of: "{", with: "{file: 'board.dtb', "))]}")
    #expect(try lint("trees/sub").status == 0)
    // Files are named from where the policy is.
    try make("policies")
    try policy(
      "{waivers: [\(waiver.replacingOccurrences(of: "{", with: "{file: '../trees/*.dtb', "))]}",
      "policies/p.json")
    #expect(try lint("trees", "--no-policy").status == 1)
    #expect(try lint("trees", "--policy", "policies/p.json").status == 0)
    #expect(try lint("trees", "--policy", "policies/none.json").status == 66)
  }

  @Test("refuses at once what is larger, deeper or has more nodes than it may")
  func limits() throws {
    let path = try scratch.write([0xd0, 0x0d, 0xfe, 0xed], to: "zeros.dtb")
    #expect(truncate(path, 2 << 30) == 0)
    let clock = ContinuousClock()
    let time = try clock.measure {
      let result = try lint("zeros.dtb", "trees/sub/clean.dtb")
      #expect(result.status == 65)
      #expect(result.errors == "dtgen: error: zeros.dtb: larger than 64 MiB\n")
      #expect(result.text.contains("1 file"))
    }
    #expect(time < .seconds(5))
    #expect(try lint("trees", "--max-depth", "1").status == 65)
    #expect(try lint("trees", "--max-nodes", "2").errors.contains("more than 2 nodes"))
  }

  @Test("keeps what was there from failing, and nothing else")
  func baseline() throws {
    func baseline(_ arguments: String...) throws -> Tool.Result {
      try Command.run(["baseline"] + arguments, in: scratch)
    }
    #expect(try baseline("create", "trees").status == 64)
    try policy(#"{ baseline: "known.json" }"#)
    #expect(try lint("trees").status == 66)
    #expect(try baseline("create", "trees").text == "1 finding in known.json\n")
    #expect(try baseline("create", "trees").status == 73)
    #expect(try baseline("create", "trees", "--force").status == 0)
    #expect(try lint("trees").status == 0)
    #expect(try lint("./trees/../trees").status == 0)
    #expect(try baseline("check", "trees").text == "0 new, 0 gone\n")

    try scratch.write(try #require(scratch.read("trees/board.dtb")), to: "trees/new.dtb")
    #expect(try lint("trees").status == 1)
    #expect(try baseline("check", "trees").status == 1)
    try scratch.write(DTC.compile(Self.clean).bytes, to: "trees/board.dtb")
    try FileManager.default.removeItem(atPath: scratch.path + "/trees/new.dtb")
    let gone = try lint("trees")
    #expect(gone.status == 0)
    #expect(gone.errors.contains("1 finding is no longer there"))
    #expect(try baseline("check", "trees").status == 1)
    #expect(try baseline("prune", "trees").text == "1 gone from known.json\n")
    #expect(try baseline("check", "trees").status == 0)
  }
}
