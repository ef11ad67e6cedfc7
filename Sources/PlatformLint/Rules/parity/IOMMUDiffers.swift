import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// The requests of a device reach the same IOMMU, under the same name.
enum IOMMUDiffers: ParityRule {
  static let id = "parity/iommu-differs"
  static let severity = Severity.warning
  static let summary = "the tree and the tables put different IOMMUs, or IDs, in front of a device"
  static let rationale = """
    In a tree iommu-map and iommus say which IOMMU takes a device's requests, and what it calls the device; in tables \
    IORT and VIOT do. What the IOMMU sees is decided by the machine, so that one of two that differ is wrong.
    """
  static let consequence = """
    under one of the two, the device's DMA is translated by another's tables or faults, or it goes past the IOMMU and \
    reaches all of memory
    """
  static let help = "write the same IOMMU and the same stream or endpoint IDs into both"
  static let exceptions = """
    DMAR and IVRS of PCs are not compared. Tables may name the buses that there are, and trees those that there can be: \
    where tables have no IOMMU, only root buses, and functions with a node, are looked at. Of a host the first ID that \
    differs is told.
    """
  static let sources = [
    Source.linux("drivers/iommu/of_iommu.c", "of_iommu_configure"),
    .linux("drivers/acpi/arm64/iort.c", "iort_iommu_configure_id"),
    .linux("drivers/acpi/viot.c", "viot_iommu_configure"),
  ]
  private static let host = [ParityExamples.pciHost()]
  private static func iort(_ base: UInt32) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try IORT([
        IORTNode(.its([0])),
        IORTNode(
          .smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106)),
          mappings: [IORTMapping(count: 0x1_0000, output: 0)]),
        IORTNode(
          .rootComplex(IORTRootComplex()),
          mappings: [
            IORTMapping(count: 0x1_0000 - base, outputBase: base, output: 1)
          ]),
      ]).bytes()
    }
  }
  private static let its = ParityExamples.madt([
    .gicr(address: 0x080a_0000, length: 0xf6_0000), .its(id: 0, address: 0x0808_0000),
  ])
  static let goodPairs = [
    ParityExample(
      in: .iommu, host, tables: .none, with: [TableExamples.mcfg(), iort(0), its])
  ]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.PCI0"], in: .iommu, host, tables: .none,
      with: [TableExamples.mcfg(), iort(1), its]),
    ParityExample(
      at: ["\\_SB.PCI0"], in: .iommu, host, with: [TableExamples.mcfg()]),
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    if ["DMAR", "IVRS"].contains(where: { !view.tables.set.tables(named: $0).isEmpty }) { return }
    for pair in view.hosts {
      guard let difference = view.translationDifference(of: pair) else { continue }
      let name =
        UInt16(exactly: difference.requester).map(DMADevice.functionName) ?? "the host"
      report(
        "from requester \(name) on, the tree has another IOMMU or ID",
        at: .tables(pair.others[0].device.place),
        found: difference.tables?.description ?? "no IOMMU",
        expected: difference.tree?.description ?? "no IOMMU",
        related: [
          ParityParty(
            "is what the tree says",
            at: .tree(pair.host.iommuMap.map { .property($0.property) } ?? .node(pair.host.node)))
        ])
    }
    let byNode = Dictionary(
      view.tree.dmaDevices.filter { $0.kind == .virtioMMIO }.map { ($0.node.index, $0) },
      uniquingKeysWith: { first, _ in first })
    for pair in view.devices {
      guard let device = byNode[pair.node.node.index] else { continue }
      let (one, other) = view.translations(of: device, pair.device.device)
      guard one != other else { continue }
      report(
        "the tree has another IOMMU or ID in front of the \(pair.role.name)",
        at: .tables(pair.device.device.place), found: other?.description ?? "no IOMMU",
        expected: one?.description ?? "no IOMMU",
        related: [
          ParityParty(
            "is what the tree says",
            at: .tree(device.iommu.map { .property($0.property) } ?? .node(device.node)))
        ])
    }
  }
}
