import ACPI
import Diagnostics
import GuestView

/// PCI begins in both descriptions, or in neither.
enum HostMissing: ParityRule {
  static let id = "parity/host-missing"
  static let severity = Severity.warning
  static let summary = "a PCI host is in the tree or in the tables alone"
  static let rationale = """
    Everything on a bus of PCI is found through its host. A guest that goes by the description without the host has \
    none of it.
    """
  static let consequence =
    "a guest that goes by the other description has nothing of what is on that bus"
  static let help = "describe the host in both, or take it out of both"
  static let exceptions = """
    Hosts of other kinds than ECAM and CAM are not looked for. Without a DSDT the tables are not all that a guest \
    has, and without a processor the tree isn't, and nothing is missing there. A bridge that tables have as another host of the same segment, an expander, \
    is a part of the one host in a tree.
    """
  static let sources = [
    Source.linux("drivers/pci/controller/pci-host-generic.c", "gen_pci_of_match"),
    .linux("drivers/acpi/pci_root.c", "acpi_pci_root_add"),
  ]
  static let goodPairs = [
    ParityExample(in: .pci, [ParityExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.PCI0"], [TableExamples.pciHost()], with: [TableExamples.mcfg()])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    for host in view.loneTableHosts where view.hasWholeTree {
      report(
        "the tree has no such PCI host", at: .tables(host.device.place),
        found: host.segment.map { "segment \($0)" })
    }
    guard view.hasWholeTables else { return }
    for host in view.loneHosts {
      report("the tables have no such PCI host", at: .tree(.node(host.node)))
    }
  }
}
