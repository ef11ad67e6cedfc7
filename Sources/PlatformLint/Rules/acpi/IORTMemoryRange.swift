import ACPI
import Diagnostics
import GuestView

/// Reserved memory of IORT is whole pages of 64 KiB, and somebody's.
enum IORTMemoryRange: TableRule {
  static let id = "acpi/iort-memory-range"
  static let severity = Severity.warning
  static let summary = "a node of reserved memory in IORT has no ids, or no whole pages"
  static let rationale = """
    Memory that a device reaches as if there were no SMMU is for the ids that the node maps, one by one. Its base \
    and length are multiples of 64 KiB, and it isn't empty.
    """
  static let consequence = "Linux skips a node without ids, and rounds a range that is not aligned"
  static let logLine: String? = "Invalid ID mapping, skipping RMR node"
  static let help = "map each id with a single mapping, and write whole pages of 64 KiB"
  static let sources = [
    Source.linux("drivers/acpi/arm64/iort.c", "iort_get_rmrs", "iort_rmr_desc_check_overlap"),
    .program("Arm DEN 0049E", "section 3.1.1.9"),
  ]
  private static func table(_ base: UInt64, ids: Bool) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try IORT([
        IORTNode(.smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106))),
        IORTNode(
          .reservedMemory(flags: 0, ranges: [ReservedRange(base: base, length: 0x1_0000)]),
          mappings: ids ? [IORTMapping(count: 1, outputBase: 7, output: 0, isSingle: true)] : []),
      ]).bytes()
    }
  }
  private typealias ReservedRange = ACPI.IORTMemoryRange
  static let goodTables = [
    TableExample([TableExamples.virtio()], with: [table(0x8000_0000, ids: true)])
  ]
  static let badTables = [
    TableExample(
      at: ["IORT: node[1]"], [TableExamples.virtio()], with: [table(0x8000_0000, ids: false)]),
    TableExample(
      at: ["IORT: node[1]"], [TableExamples.virtio()], with: [table(0x8000_1000, ids: true)]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let iort = view.iort, let nodes = iort.content?.nodes else { return }
    for (index, node) in nodes.enumerated() {
      guard case .reservedMemory(_, let ranges) = node.kind else { continue }
      let place = TablePlace(iort: iort.number, node: index, at: node.byteOffset)
      if node.mappings.isEmpty { report("the node maps no ids", at: place) }
      for range in ranges {
        if range.length == 0 {
          report("a range is empty", at: place, log: .nothing)
        } else if range.base % 0x1_0000 != 0 || range.length % 0x1_0000 != 0 {
          report(
            "a range is no whole pages of 64 KiB", at: place,
            found: "\(ByteText.hexAndSize(range.length)) at \(ByteText.hex(range.base))",
            log: .line("not aligned to 64K, continue with"))
        }
      }
    }
  }
}
