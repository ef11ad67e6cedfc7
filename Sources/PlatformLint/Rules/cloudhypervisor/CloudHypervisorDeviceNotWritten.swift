import DeviceTree
import Diagnostics
import GuestView

/// Cloud Hypervisor has virtio over PCI alone.
enum CloudHypervisorDeviceNotWritten: TargetRule {
  static let id = "cloudhypervisor/device-not-written"
  static let profile: TargetName? = .cloudHypervisor
  static let severity = Severity.error
  static let summary = "a device is of a kind that Cloud Hypervisor doesn't have"
  static let rationale = """
    Besides PCI hosts, Cloud Hypervisor's tree for arm64 has a GICv3, a PL011, a PL031, a PL061 with the power button, \
    and QEMU's firmware configuration where it is asked for. Virtio over MMIO was taken out in 2020, and there is no \
    SMMU. It takes no tree from outside, so that nobody can add to that.
    """
  static let consequence =
    "the guest doesn't have the device; behind an IOMMU that isn't there nothing works"
  static let help = "make the device a function of a PCI host, or do without it"
  static let sources = [
    Source.cloudHypervisor("arch/src/aarch64/fdt.rs", "create_fdt", "create_devices_node"),
    .program("Cloud Hypervisor", "issue 1843, Remove virtio MMIO transport layer"),
  ]
  static let good = [
    Example(
      in: .cloudHypervisor,
      """
      / {
        fw-cfg@9030000 {
          compatible = "qemu,fw-cfg-mmio";
          reg = <0x0 0x9030000 0x0 0x1000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .cloudHypervisor,
      """
      / {
        virtio_mmio@a000000 {  // finding
          compatible = "virtio,mmio";
          reg = <0x0 0xa000000 0x0 0x200>;
          interrupts = <0 16 1>;
          dma-coherent;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    for node in CloudHypervisor.machine.unwritten(in: view) {
      report("this is none of the devices that Cloud Hypervisor has", at: .node(node))
    }
  }
}
