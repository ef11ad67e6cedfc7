import DeviceTree
import Diagnostics
import GuestView

/// A PCI host has `device_type = "pci"`.
enum HostWithoutDeviceType: Rule {
  static let id = "pci/host-without-device-type"
  static let severity = Severity.error
  static let summary = "a PCI host has no device_type = \"pci\""
  static let rationale = """
    The guest reads the addresses of a node of this type, and of one that is called pcie, as \
    those of PCI. Those of any other node are plain numbers, whatever its compatible says, and \
    so are the entries of its ranges.
    """
  static let consequence = "the host has no windows, and its functions get no addresses"
  static let logLine: String? = "OF: <node>: Missing device_type"
  static let help = "write device_type = \"pci\" in the host"
  static let exceptions = """
    A warning for a node that is called pcie, which Linux takes for one and complains.
    """
  static let sources = [
    Source.linux("drivers/of/address.c", "of_bus_pci_match", "of_node_is_pcie"),
    .binding("pci/host-generic-pci.yaml"),
  ]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        device_type = "pci";
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {  // finding
        /delete-property/ device_type;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      let type = host.node.property("device_type")
      guard !["pci", "pciex"].contains(where: { type?.isString($0) ?? false }) else { continue }
      report(
        "the host does not say that it is one of PCI",
        at: type.map(Spot.property) ?? .node(host.node), found: type?.string.map { "\"\($0)\"" },
        expected: "device_type = \"pci\"",
        severity: host.node.hasBaseName("pcie") ? .warning : nil)
    }
  }
}
