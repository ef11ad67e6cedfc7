import ACPI
import Diagnostics
import GuestView

/// An id has one mapping in a node of IORT.
enum IORTIDsOverlap: TableRule {
  static let id = "acpi/iort-ids-overlap"
  static let severity = Severity.warning
  static let summary = "two mappings of a node of IORT have the same ids"
  static let rationale = """
    A mapping has a first id and the number of ids less one. Whoever writes the number itself gives the range one \
    id too many, which is the first of the next range. QEMU did until version 8.
    """
  static let consequence =
    "Linux takes the first mapping for the id, and complains where it isn't the last of a range"
  static let logLine: String? = "conflicting mapping for input ID"
  static let help = "write the number of ids less one"
  static let sources = [
    Source.program("Arm DEN 0049E", "section 3.1, table 4"),
    .linux("drivers/acpi/arm64/iort.c", "iort_id_map"),
    .program("QEMU 7.2", "hw/arm/virt-acpi-build.c, build_iort"),
  ]
  private static func table(_ first: UInt32) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try IORT([
        IORTNode(.smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106))),
        IORTNode(
          .rootComplex(IORTRootComplex()),
          mappings: [
            IORTMapping(count: first, output: 0),
            IORTMapping(inputBase: 0x100, count: 0xff00, outputBase: 0x100, output: 0),
          ]),
      ]).bytes()
    }
  }
  static let goodTables = [
    TableExample([TableExamples.pciHost()], with: [TableExamples.mcfg(), table(0x100)])
  ]
  static let badTables = [
    TableExample(
      at: ["IORT: node[1]"], [TableExamples.pciHost()],
      with: [TableExamples.mcfg(), table(0x101)])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let iort = view.iort, let nodes = iort.content?.nodes else { return }
    for (index, node) in nodes.enumerated() {
      let ranges = node.mappings.filter { !$0.isSingle }.compactMap { mapping in
        AddressRange(at: UInt64(mapping.inputBase), size: UInt64(mapping.count)).map {
          (range: $0, mapping: mapping)
        }
      }.sorted { $0.range < $1.range }
      for (one, other) in Overlaps.pairs(among: ranges, by: \.range) {
        report(
          "two mappings of the node have the same ids",
          at: TablePlace(iort: iort.number, node: index, at: other.mapping.byteOffset),
          found:
            "\(ByteText.hex(one.range.first)) to \(ByteText.hex(one.range.last)), and "
            + "\(ByteText.hex(other.range.first)) to \(ByteText.hex(other.range.last))")
      }
    }
  }
}
