import DeviceTree
import Diagnostics
import GuestView

/// crosvm for arm64 has virtio over PCI alone.
enum CrosvmDeviceNotWritten: TargetRule {
  static let id = "crosvm/device-not-written"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary = "crosvm for arm64 has one PCI host with CAM, and no virtio-mmio"
  static let rationale = """
    All virtio devices are functions of one host, pci-host-cam-generic with one bus. crosvm can do virtio-mmio on x86, \
    and writes no node of it into a tree.
    """
  static let consequence =
    "the guest doesn't have the device, or reads its configuration space wrongly"
  static let help = "make the device a function of the PCI host, which the machine has"
  static let exceptions = "Other processors than arm64."
  static let sources = [Source.crosvm("aarch64/src/fdt.rs", "create_fdt", "create_pci_nodes")]
  static let good = [Example(in: .protected, "&pci {\n  status = \"okay\";\n};")]
  static let bad = [
    Example(
      in: .protected,
      """
      / {
        virtio@b000000 {  // finding
          compatible = "virtio,mmio";
          reg = <0x0 0xb000000 0x0 0x200>;
          interrupts = <0 16 1>;
          dma-coherent;
          memory-region = <&swiotlb>;
        };
      };
      """),
    Example(in: .protected, "&pci {  // finding\n  compatible = \"pci-host-ecam-generic\";\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    for device in view.virtioMMIO {
      report("crosvm writes no such node", at: .node(device.node))
    }
    for (index, host) in view.pciHosts.filter(\.isEnabled).enumerated() {
      if index > 0 {
        report("crosvm has one PCI host", at: .node(host.node))
      } else if !host.node.isCompatible("pci-host-cam-generic") {
        report(
          "crosvm's PCI host has CAM", at: .node(host.node), expected: "pci-host-cam-generic")
      }
    }
  }
}
