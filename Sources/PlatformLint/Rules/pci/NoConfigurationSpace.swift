import DeviceTree
import Diagnostics
import GuestView

/// A generic PCI host has its configuration space in `reg`.
enum NoConfigurationSpace: Rule {
  static let id = "pci/no-configuration-space"
  static let severity = Severity.error
  static let summary = "a generic PCI host has no reg that can be mapped"
  static let rationale = """
    The first entry of reg is where the configuration registers of all functions are. Without them the \
    guest finds no function, and the driver of the host gives up.
    """
  static let consequence = "there is no PCI, and none of the devices on it"
  static let logLine: String? = "missing \"reg\" property"
  static let help =
    "write the configuration space of the machine into reg, 1 MiB for each bus with ECAM"
  static let exceptions = "Hosts that are not generic ones."
  static let sources = [
    Source.linux("drivers/pci/controller/pci-host-common.c", "gen_pci_init"),
    .binding("pci/host-generic-pci.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [RegLength.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        reg = <0x40 0x10000000 0x0 0x10000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      / {
        pcie@4020000000 {  // finding
          compatible = "pci-host-ecam-generic";
          device_type = "pci";
          bus-range = <0x0 0x0>;
          #address-cells = <3>;
          #size-cells = <2>;
          ranges = <0x2000000 0x0 0x30000000 0x0 0x30000000 0x0 0x10000000>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled && host.configurationSpacePerBus != nil {
      guard view.isInstantiated(host.node),
        view.registers(of: host.node).first?.range == nil
      else { continue }
      report(
        "the host has no configuration space", at: .node(host.node),
        expected: "reg with its addresses")
    }
  }
}
