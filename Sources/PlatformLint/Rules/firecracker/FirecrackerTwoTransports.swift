import DeviceTree
import Diagnostics
import GuestView

/// With PCI, Firecracker has no virtio-mmio.
enum FirecrackerTwoTransports: TargetRule {
  static let id = "firecracker/two-transports"
  static let profile: TargetName? = .firecracker
  static let severity = Severity.error
  static let summary =
    "there is a PCI host beside virtio-mmio, and Firecracker has one of both alone"
  static let rationale = """
    Without --enable-pci there is no PCI host, and each device has a window of virtio-mmio. With it all virtio devices \
    are functions of the one host, and there are no windows.
    """
  static let consequence = "of the devices in the tree the guest has those of one transport alone"
  static let help =
    "describe all devices on one transport: .firecracker(), or .firecracker(pci: true)"
  static let sources = [
    Source.firecracker("src/vmm/src/device_manager/mod.rs", "attach_virtio_device"),
    .firecracker("src/vmm/src/arch/aarch64/fdt.rs", "create_pci_nodes"),
  ]
  static let good = [Example(in: .firecracker, "&disk {\n  status = \"okay\";\n};")]
  static let bad = [
    Example(
      in: .firecracker,
      """
      / {
        pci@70000000 {  // finding
          compatible = "pci-host-ecam-generic";
          device_type = "pci";
          reg = <0x0 0x70000000 0x0 0x100000>;
          bus-range = <0 0>;
          #address-cells = <3>;
          #size-cells = <2>;
          ranges = <0x2000000 0x0 0x50000000 0x0 0x50000000 0x0 0x20000000>;
          dma-coherent;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let hosts = view.pciHosts.filter(\.isEnabled)
    if let host = hosts.first, let device = view.virtioMMIO.first {
      report(
        "a machine with this host has no virtio-mmio", at: .node(host.node),
        related: [Party("is a device of virtio-mmio", at: .node(device.node))])
    }
    for host in hosts.dropFirst() {
      report("the VMM has one PCI host", at: .node(host.node))
    }
  }
}
