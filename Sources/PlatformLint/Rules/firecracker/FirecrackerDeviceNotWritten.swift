import DeviceTree
import Diagnostics
import GuestView

/// Firecracker has few devices.
enum FirecrackerDeviceNotWritten: TargetRule {
  static let id = "firecracker/device-not-written"
  static let profile: TargetName? = .firecracker
  static let severity = Severity.error
  static let summary = "a device is of a kind that Firecracker doesn't have"
  static let rationale = """
    Besides virtio, Firecracker's tree for arm64 has a GIC, a serial port, a clock, a PCI host where it is asked for \
    one, the generation ID of the machine and a clock of its own. It takes no tree from outside, so that nobody can \
    add to that. It has no IOMMU.
    """
  static let consequence =
    "the guest doesn't have the device; behind an IOMMU that isn't there nothing works"
  static let help = "do without the device, or use a VMM that has it"
  static let sources = [
    Source.firecracker(
      "src/vmm/src/arch/aarch64/fdt.rs", "create_fdt", "create_devices_node", "create_vmgenid_node")
  ]
  static let good = [
    Example(
      in: .firecracker,
      """
      / {
        vmgenid@801ff000 {
          compatible = "microsoft,vmgenid";
          reg = <0x0 0x801ff000 0x0 0x10>;
          interrupts = <0 3 1>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .firecracker,
      """
      / {
        fw-cfg@9020000 {  // finding
          compatible = "qemu,fw-cfg-mmio";
          reg = <0x0 0x9020000 0x0 0x18>;
          dma-coherent;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in Firecracker.machine.unwritten(in: view) {
      report("this is none of the devices that Firecracker has", at: .node(node))
    }
  }
}
