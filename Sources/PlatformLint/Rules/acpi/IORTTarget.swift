import ACPI
import Diagnostics
import GuestView

/// The ids of a device go to an SMMU or to an ITS.
enum IORTTarget: TableRule {
  static let id = "acpi/iort-target"
  static let severity = Severity.error
  static let summary = "a mapping of IORT leads to a node that translates nothing, or to no ITS"
  static let rationale = """
    A root complex or a named component maps its ids to an SMMU, or straight to an ITS; an SMMU maps them to an \
    ITS. An ITS is one that APIC has, by its id.
    """
  static let consequence = """
    Linux takes it that there is no IOMMU, and the device reaches all of memory; or there are no MSIs
    """
  static let help =
    "write the offset of the SMMU or of the ITS group, and the id that APIC gives the ITS"
  static let exceptions = """
    A group of an ITS that APIC has not is a warning: a machine with a GICv2 has MSIs without one.
    """
  static let sources = [
    Source.linux("drivers/acpi/arm64/iort.c", "iort_node_map_id", "iort_iommu_xlate"),
    .program("Arm DEN 0049E", "section 3.1"),
  ]
  private static func table(output: Int) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try IORT([
        IORTNode(.smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106))),
        IORTNode(
          .rootComplex(IORTRootComplex()), mappings: [IORTMapping(count: 0x1_0000, output: output)]
        ),
      ]).bytes()
    }
  }
  static let goodTables = [
    TableExample([TableExamples.pciHost()], with: [TableExamples.mcfg(), table(output: 0)])
  ]
  static let badTables = [
    TableExample(
      at: ["IORT: node[1]"], [TableExamples.pciHost()],
      with: [TableExamples.mcfg(), table(output: 1)])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let iort = view.iort, let nodes = iort.content?.nodes else { return }
    let entries = view.madt?.content?.entries
    let known = Set(
      (entries ?? []).compactMap { entry -> UInt32? in
        if case .its(let id, _) = entry { id } else { nil }
      })
    for (index, node) in nodes.enumerated() {
      let place = TablePlace(iort: iort.number, node: index, at: node.byteOffset)
      if case .its(let ids) = node.kind, entries != nil {
        for id in ids where !known.contains(id) {
          report(
            "the group names an ITS that APIC has not", at: place, found: "id \(id)",
            severity: .warning)
        }
      }
      for mapping in node.mappings where nodes.indices.contains(mapping.output) {
        let isTarget: Bool
        switch nodes[mapping.output].kind {
        case .its, .smmuV3: isTarget = true
        case .other(let type, _, _): isTarget = type == 3 || type == 7
        default: isTarget = false
        }
        if isTarget { continue }
        report(
          "a mapping leads to node \(mapping.output), which is neither an SMMU nor an ITS group",
          at: TablePlace(iort: iort.number, node: index, at: mapping.byteOffset))
      }
    }
  }
}

extension TablePlace {
  /// A node of IORT, by its number.
  init(iort table: Int, node: Int, at offset: Int) {
    self.init(
      table: table, node: "IORT", element: "node[\(node)]", byteRange: offset..<(offset + 16))
  }
}
