import DeviceTree
import Diagnostics
import GuestView

/// Each PCI host has a domain of its own.
enum DomainShared: Rule {
  static let id = "pci/domain-shared"
  static let severity = Severity.error
  static let summary = "two PCI hosts have the same linux,pci-domain"
  static let rationale = """
    A domain that a tree names is given out once, so that the second host that asks for it is refused. \
    Functions would have the same names otherwise.
    """
  static let consequence = "the second host does not come up, and none of its functions is found"
  static let help = "give each host another linux,pci-domain, or leave the property out of all"
  static let exceptions = """
    A warning where the buses of the two are different ones: until Linux 6.1 such hosts could share a domain.
    """
  static let sources = [
    Source.linux("drivers/pci/pci.c", "of_pci_bus_find_domain_nr"),
    .linux("drivers/pci/probe.c", "pci_register_host_bridge"),
    .binding("pci/pci.txt"),
  ]
  static let good = [Example(in: .pci, example("<1>;"))]
  static let bad = [Example(in: .pci, example("<0>;  // finding"))]

  private static func example(_ domain: String) -> String {
    """
    &pci {
      linux,pci-domain = <0>;
    };
    / {
      pcie@5010000000 {
        compatible = "pci-host-ecam-generic";
        device_type = "pci";
        reg = <0x50 0x10000000 0x0 0x10000000>;
        bus-range = <0x0 0xff>;
        linux,pci-domain = \(domain)
        #address-cells = <3>;
        #size-cells = <2>;
        ranges = <0x2000000 0x0 0x30000000 0x0 0x30000000 0x0 0x8000000>;
        dma-coherent;
        memory-region = <&bounce>;
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.pciHosts.count > 1 else { return }
    // Looked up by the domain, never walked.
    var firsts: [UInt32: PCIHost] = [:]
    for host in view.pciHosts where host.isEnabled && view.isInstantiated(host.node) {
      guard let domain = host.domain, let property = host.node.property("linux,pci-domain") else {
        continue
      }
      guard let first = firsts[domain] else {
        firsts[domain] = host
        continue
      }
      report(
        "the domain is also that of \(first.node.name)", at: .property(property),
        found: "\(domain)", expected: "another domain",
        related: [Party("has the same domain", at: .node(first.node))],
        severity: host.buses.overlaps(first.buses) ? nil : .warning)
    }
  }
}
