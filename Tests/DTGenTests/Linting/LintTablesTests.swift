import ACPI
import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

@Suite("dtgen lint, of tables", .requiresDistribution)
struct LintTablesTests {
  private let scratch: ScratchDirectory

  /// A virtio-mmio device without `_CCA`, in an SSDT.
  private static func ssdt(_ name: NamePath, base: UInt32) throws -> [UInt8] {
    try DefinitionBlock.ssdt(
      "TEST",
      [
        .scope(
          "\\_SB",
          [
            .device(
              name,
              [
                .name("_HID", .string("LNRO0005")), .name("_UID", .integer(UInt64(base))),
                .name(
                  "_CRS",
                  .resources([
                    .memory32Fixed(isWritable: true, base: base, length: 0x200),
                    .interrupt(ExtendedInterrupt([base >> 9 & 63 + 32], mode: .edgeRising)),
                  ])),
              ])
          ])
      ]
    ).bytes()
  }

  private static func madt() throws -> [UInt8] {
    try MADT([
      .gicd(id: 0, address: 0x0800_0000, version: 3), .gicc(GICC(uid: 0, mpidr: 0)),
      .gicr(address: 0x080a_0000, length: 0x2_0000),
    ]).bytes()
  }

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write(try Self.ssdt("VIO0", base: 0x0a00_0000), to: "one.aml")
    try scratch.write(try Self.ssdt("VIO1", base: 0x0a00_0100), to: "two.aml")
    try scratch.write(try Self.madt(), to: "apic.aml")
  }

  private func lint(_ arguments: String..., input: [UInt8] = []) throws -> Tool.Result {
    try Command.run(["lint", "--no-policy"] + arguments, in: scratch, input: input)
  }

  @Test("an SSDT by itself is judged for the processor that is named, or for none")
  func processor() throws {
    let unknown = try lint("one.aml")
    #expect(unknown.status == 0)
    #expect(unknown.text.contains("note: there is no _CCA"))
    #expect(unknown.text.contains("nothing says for what processor it is"))
    let arm = try lint("one.aml", "--arch", "arm64")
    #expect(arm.status == 1)
    #expect(arm.text.contains("one.aml: \\_SB.VIO0: error: there is no _CCA, here or above"))
    #expect(try lint("one.aml", "--arch", "x86_64").text.contains("no findings"))
    #expect(try lint("one.aml", "--arch", "arm").status == 64)
  }

  @Test("it is said of which tables not all was judged, in words and for programs")
  func extents() throws {
    let slit = try TableHeader("SLIT", revision: 1, oemTableID: "TEST").table(
      [1, 0, 0, 0, 0, 0, 0, 0, 10])
    let waet = try TableHeader("WAET", revision: 1, oemTableID: "TEST").table([0, 0, 0, 0])
    try scratch.write(slit + waet + Self.madt(), to: "more.aml")
    let text = try lint("more.aml").text
    #expect(
      text.contains("of these tables the parts were looked at, and not what they say: SLIT\n"))
    #expect(text.contains("of these tables only header and checksum were looked at: WAET\n"))
    #expect(text.contains("; 2 tables judged in part"))
    #expect(try !lint("apic.aml").text.contains("in part"))
    let json = try lint("more.aml", "--format", "json").text.filter { !$0.isWhitespace }
    #expect(
      json.contains(
        #""tables":[{"signature":"SLIT","judged":"parts"},{"signature":"WAET","judged":"header"},{"signature":"APIC","judged":"contents"}]"#
      ))
    #expect(
      try ReportOracle.faults(
        in: lint("more.aml", "--format", "json").output, schema: "schemas/findings.schema.json")
        == "")
  }

  @Test("limits hold for tables, too, and are named where one is passed")
  func limitsByFlag() throws {
    let refused = try lint("one.aml", "--max-nodes", "4")
    #expect(refused.status == 65)
    #expect(refused.errors.contains("a limit of dtgen and no fault of the table"))
    #expect(refused.errors.contains("--max-nodes"))
    #expect(try lint("one.aml", "--max-depth", "2").status == 65)
    #expect(try lint("one.aml", "--max-nodes", "100", "--max-depth", "9").status == 0)
  }

  @Test("tables that are named together are one set, and so are those of one file")
  func sets() throws {
    let named = try lint("one.aml", "two.aml", "apic.aml")
    #expect(named.status == 1)
    #expect(
      named.text.contains("two.aml: \\_SB.VIO1: _CRS[0]: error: addresses that \\_SB.VIO0 has"))
    #expect(named.text.contains("error: there is no _CCA"))
    #expect(named.text.contains("3 files"))
    let all = try Self.ssdt("VIO0", base: 0x0a00_0000) + Self.madt()
    let input = try lint("-", input: all)
    #expect(input.status == 1)
    #expect(input.text.contains("standard input: \\_SB.VIO0: error: there is no _CCA"))
  }

  @Test("in a directory, names that differ in the signature alone are one machine's")
  func directory() throws {
    for (name, bytes) in [
      ("a-ssdt.aml", try Self.ssdt("VIO0", base: 0x0a00_0000)), ("a-apic.aml", try Self.madt()),
      ("b-ssdt.aml", try Self.ssdt("VIO0", base: 0x0a00_0000)),
    ] {
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/d", withIntermediateDirectories: true)
      try scratch.write(bytes, to: "d/\(name)")
    }
    let result = try lint("d")
    #expect(!result.text.contains("acpi/name-taken"))
    #expect(result.text.contains("d/a-ssdt.aml: \\_SB.VIO0: error: there is no _CCA"))
    #expect(result.text.contains("d/b-ssdt.aml: \\_SB.VIO0: note: there is no _CCA"))
  }

  @Test("tables that pass a limit are not judged, and none is blamed")
  func limits() throws {
    let many = [ResourceDescriptor](
      repeating: .memory32Fixed(isWritable: true, base: 0x1000, length: 0x200), count: 5000)
    let table = try DefinitionBlock.ssdt(
      "TEST", [.scope("\\_SB", [.device("DEV0", [.name("_CRS", .resources(many))])])])
    try scratch.write(try table.bytes(), to: "many.aml")
    let result = try lint("many.aml")
    #expect(result.status == 65)
    let output = result.text + result.errors
    #expect(output.contains("could not be judged: \\_SB.DEV0._CRS: more than 4096 descriptors"))
    #expect(!output.contains("acpi/"))
  }

  @Test("trees are judged as ever beside tables")
  func beside() throws {
    let tree = try Tree(
      root: Node(
        "",
        properties: [
          Property("#address-cells", .u32(2)), Property("#size-cells", .u32(2)),
        ], children: [Node("memory", properties: [Property("device_type", .string("memory"))])])
    ).flattened()
    try scratch.write(tree, to: "guest.dtb")
    let both = try lint("guest.dtb", "one.aml", "--arch", "x86_64", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(both.output)) as? [String: Any]
    let files = try #require(document?["files"] as? [[String: Any]])
    #expect(files.map { $0["file"] as? String } == ["guest.dtb", "one.aml"])
    let alone = try lint("guest.dtb")
    #expect(!alone.text.contains("acpi/cca"))
    #expect(!alone.text.contains("want of tables"))
  }

  @Test("waivers name paths of the namespace")
  func waivers() throws {
    try scratch.write(
      Array(
        #"""
        { "waivers": [{ "rule": "acpi/cca-missing", "node": "\\_SB.VIO*", "reason": "no Xen" }] }
        """#.utf8), to: "policy.json")
    let result = try Command.run(
      ["lint", "one.aml", "--arch", "arm64", "--policy", "policy.json"], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.contains("because no Xen"))
  }

  @Test("a table that is cut short is judged as far as it goes")
  func cut() throws {
    let bytes = try Self.ssdt("VIO0", base: 0x0a00_0000)
    try scratch.write(Array(bytes.dropLast(3)), to: "cut.aml")
    let result = try lint("cut.aml", "--arch", "x86_64")
    #expect(result.status == 1)
    #expect(result.text.contains("acpi/table-header-malformed"))
    try scratch.write(Array("SSDT".utf8), to: "short.aml")
    let short = try lint("short.aml")
    #expect(short.status == 65)
    #expect(short.errors.contains("short.aml"))
  }

  @Test("where devices may DMA is told of tables too")
  func explained() throws {
    let result = try lint("one.aml", "apic.aml", "--explain-dma", "--format", "text")
    #expect(result.text.contains("\\_SB.VIO0  LNRO0005  into all memory"))
    let json = try lint("one.aml", "--explain-dma", "--format", "json")
    #expect(json.text.contains("\"outcome\" : \"allMemory\""))
  }

  @Test("show prints the fields of a table without AML")
  func shown() throws {
    let result = try Command.run(["show", "apic.aml"], in: scratch)
    #expect(result.status == 0)
    #expect(result.text.contains("  entry[0] at 0x2c: GIC distributor, 24 bytes"))
    #expect(result.text.contains("    address: 0x8000000\n"))
  }
}
