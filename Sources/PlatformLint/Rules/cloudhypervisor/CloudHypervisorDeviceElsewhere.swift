import DeviceTree
import Diagnostics
import GuestView

/// Cloud Hypervisor's devices have fixed addresses.
enum CloudHypervisorDeviceElsewhere: TargetRule {
  static let id = "cloudhypervisor/device-elsewhere"
  static let profile: TargetName? = .cloudHypervisor
  static let severity = Severity.error
  static let summary = "a device of Cloud Hypervisor's is not where the tree says"
  static let rationale = """
    The layout for arm64 is constant: a GICv3 that ends at 0x9000000, behind it a PL011, a PL031 and a PL061, each in \
    64 KiB of its own, and configuration space of PCI from 0x30000000 on, 1 MiB for each segment. No tree moves any of \
    them.
    """
  static let consequence = "the driver finds no device at the address, or an abort ends the boot"
  static let help =
    "describe the guest on .cloudHypervisor(), or take its tree from /sys/firmware/fdt"
  static let sources = [
    Source.cloudHypervisor("arch/src/aarch64/layout.rs"),
    .cloudHypervisor("arch/src/aarch64/fdt.rs", "create_gic_node", "create_pci_nodes"),
  ]
  static let good = [Example(in: .cloudHypervisor, "&pci {\n  status = \"okay\";\n};")]
  static let bad = [
    Example(
      in: .cloudHypervisor,
      """
      / {
        rtc@9020000 {
          compatible = "arm,pl031", "arm,primecell";
          reg = <0x0 0x9020000 0x0 0x1000>;  // finding
          interrupts = <0 8 4>;
          clocks = <&clock>;
          clock-names = "apb_pclk";
        };
      };
      """),
    Example(
      in: .cloudHypervisor,
      """
      / {
        /delete-node/ pci@30000000;

        pci@3f080000 {
          compatible = "pci-host-ecam-generic";
          device_type = "pci";
          reg = <0x0 0x3f080000 0x0 0x100000>;  // finding
          bus-range = <0 0>;
          #address-cells = <3>;
          #size-cells = <2>;
          ranges = <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x20000000>;
          dma-coherent;
          msi-map = <0x0 &its 0x0 0x10000>;
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    CloudHypervisor.machine.reportElsewhere(in: view, &report)
  }
}
