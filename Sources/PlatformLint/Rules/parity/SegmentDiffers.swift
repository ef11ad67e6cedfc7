import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// A function of PCI has the same name under both descriptions.
enum SegmentDiffers: ParityRule {
  static let id = "parity/segment-differs"
  static let severity = Severity.warning
  static let summary = "linux,pci-domain and _SEG differ"
  static let rationale = """
    A function is named by domain, bus, device and function, 0000:00:01.0, and root= of a command line, rules of \
    udev and names of network interfaces build on that.
    """
  static let consequence = "disks and interfaces have other names under the other description"
  static let help = "write the same number into both"
  static let exceptions = """
    Without linux,pci-domain a guest counts, and what it comes to isn't compared.
    """
  static let sources = [
    Source.linux("drivers/pci/pci.c", "of_pci_bus_find_domain_nr"), .acpi("6.5.6"),
  ]
  private static let domain = """
    &pci {
      linux,pci-domain = <0>;
    };
    """
  static let goodPairs = [
    ParityExample(domain, in: .pci, [ParityExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.PCI0: _SEG"], domain, in: .pci,
      [ParityExamples.pciHost(more: [.name("_SEG", .integer(1))])],
      with: [TableExamples.mcfg(segment: 1)])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    for pair in view.hosts {
      guard let other = pair.others.first, let segment = other.segment,
        let domain = pair.host.domain, UInt64(domain) != segment,
        let property = pair.host.node.property("linux,pci-domain")
      else { continue }
      report(
        "the tree has another domain", at: .tables(other.device.place(of: "_SEG")),
        found: "\(segment)", expected: "\(domain)",
        related: [ParityParty("is what the tree says", at: .tree(.property(property)))])
    }
  }
}
