import DeviceTree
import Diagnostics
import GuestView

/// A PCI host has three cells for an address and two for a size.
enum HostCells: Rule {
  static let id = "pci/host-cells"
  static let severity = Severity.error
  static let summary = "a PCI host does not have 3 address cells and 2 size cells"
  static let rationale = """
    A PCI address is a space code and 64 bits, a size is 64 bits. With other counts the guest reads \
    neither ranges nor the children of the host as they were meant.
    """
  static let consequence = "the host has no windows, and no function gets an address"
  static let logExample: String? = "virtio-pci 0000:00:01.0: of_irq_parse_pci: failed with rc=-22"
  static let help = "write #address-cells = <3> and #size-cells = <2> in the host"
  static let sources = [
    Source.linux("drivers/of/address.c", "of_bus_pci_match", "parser_init"),
    .binding("pci/host-generic-pci.yaml"),
  ]
  static let alsoKnownAs = ["dtc: pci_bridge"]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        #address-cells = <3>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        #address-cells = <2>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        #size-cells = <1>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {  // finding
        /delete-property/ #address-cells;
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      let cells = view.cells(of: host.node)
      for (name, found, expected) in [
        ("#address-cells", cells.address, 3), ("#size-cells", cells.size, 2),
      ] where found != expected {
        let property = host.node.property(name)
        report(
          property == nil ? "the host has no \(name)" : "the host has the wrong \(name)",
          at: property.map(Spot.property) ?? .node(host.node),
          found: property == nil ? nil : "\(found)", expected: "\(expected)")
      }
    }
  }
}
