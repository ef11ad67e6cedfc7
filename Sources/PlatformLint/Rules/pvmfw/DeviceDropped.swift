import DeviceTree
import Diagnostics
import GuestView

/// pvmfw's own tree has no virtio-mmio devices.
enum DeviceDropped: TargetRule {
  static let id = "pvmfw/device-dropped"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "a virtio-mmio device is not in the tree that pvmfw gives the guest"
  static let rationale = """
    The firmware doesn't pass the VMM's tree on. It takes a tree of its own and fills in memory, CPUs, the windows and \
    interrupts of one PCI host, the pool and the parameters of the kernel. Nodes that its tree hasn't are lost.
    """
  static let consequence = "the guest doesn't have the device"
  static let help = "make it a function of the PCI host"
  static let exceptions = "Devices that a VM DTBO assigns, which pvmfw lays over its tree."
  static let sources = [
    Source.pvmfw("platform.dts"), .pvmfw("src/fdt.rs", "sanitize_device_tree"),
  ]
  static let good = [Example(in: .protected, "&serial {\n  status = \"okay\";\n};")]
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
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      report("the guest's tree won't have this device", at: .node(device.node))
    }
  }
}
