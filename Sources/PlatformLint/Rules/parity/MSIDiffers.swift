import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// The messages of a function of PCI reach the same ITS, under the same name.
enum MSIDiffers: ParityRule {
  static let id = "parity/msi-differs"
  static let severity = Severity.warning
  static let summary =
    "the tree and the tables send messages of PCI to different ITSs, or with different IDs"
  static let rationale = """
    In a tree msi-map or msi-parent says which ITS takes the messages of a function, and what it calls the function; in \
    tables IORT does, with the ITSs of APIC. What the ITS sees is decided by the machine, so that one of two that differ \
    is wrong.
    """
  static let consequence = """
    under one of the two the ITS drops the messages: the driver waits for an interrupt that never comes
    """
  static let help = "write the same ITS and the same device IDs into both"
  static let exceptions = """
    MSI frames of a GICv2, which IORT doesn't name; hosts whose IOMMU differs, and ITSs that one of both hasn't, which \
    other rules tell; and tables without IORT. Of a host the first ID that \
    differs is told.
    """
  static let sources = [
    Source.linux("drivers/of/irq.c", "of_msi_map_id"),
    .linux("drivers/acpi/arm64/iort.c", "iort_msi_map_id"),
  ]
  private static func tables(_ base: UInt32) -> [[UInt8]] {
    [
      TableExamples.mcfg(),
      TableExample.written { () throws(ACPIError) in
        try IORT([
          IORTNode(.its([0])),
          IORTNode(
            .rootComplex(IORTRootComplex()),
            mappings: [IORTMapping(count: 0x1_0000 - base, outputBase: base, output: 0)]),
        ]).bytes()
      },
    ]
  }
  private static let host = [ParityExamples.pciHost()]
  static let goodPairs = [ParityExample(in: .pci, host, with: tables(0))]
  static let badPairs = [
    ParityExample(at: ["\\_SB.PCI0"], in: .pci, host, with: tables(1))
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    // It may be among the tables that weren't given.
    guard view.tables.iort?.content != nil else { return }
    for pair in view.hosts {
      // What reaches an ITS behind an SMMU has the ID that the SMMU knows it by.
      guard view.translationDifference(of: pair) == nil,
        let difference = view.messageDifference(of: pair)
      else { continue }
      let name = UInt16(exactly: difference.requester).map(DMADevice.functionName) ?? "the host"
      let property = pair.host.msiMap?.property ?? pair.host.node.property("msi-parent")
      report(
        "from requester \(name) on, the tree sends messages elsewhere",
        at: .tables(pair.others[0].device.place),
        found: difference.tables?.description ?? "no ITS",
        expected: difference.tree?.description ?? "no ITS",
        related: [
          ParityParty(
            "is what the tree says",
            at: .tree(property.map { .property($0) } ?? .node(pair.host.node)))
        ])
    }
  }
}
