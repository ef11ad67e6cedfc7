import DeviceTree
import Diagnostics
import GuestView

/// Firecracker's devices have fixed addresses.
enum FirecrackerDeviceElsewhere: TargetRule {
  static let id = "firecracker/device-elsewhere"
  static let profile: TargetName? = .firecracker
  static let severity = Severity.error
  static let summary = "a device of Firecracker's is not where the tree says"
  static let rationale = """
    Firecracker's layout for arm64 is constant: the GIC ends at 0x40000000, the clock and the serial port are behind \
    that, windows for virtio-mmio take 4 KiB each from 0x40003000 on, and configuration space of PCI starts at \
    0x70000000. No tree moves any of them.
    """
  static let consequence = "the driver finds no device at the address, or an abort ends the boot"
  static let help = "describe the guest on .firecracker(), or take its tree from /sys/firmware/fdt"
  static let exceptions =
    "Releases before the layout with PCI (pull request 5215, 2025), whose windows start at 0x40000000."
  static let sources = [
    Source.firecracker("src/vmm/src/arch/aarch64/layout.rs"),
    .firecracker("src/vmm/src/arch/aarch64/gic/gicv3/mod.rs"),
  ]
  static let good = [
    Example(
      in: .firecracker,
      """
      / {
        virtio_mmio@40004000 {
          compatible = "virtio,mmio";
          reg = <0x0 0x40004000 0x0 0x1000>;
          interrupts = <0 2 1>;
          dma-coherent;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .firecracker,
      """
      / {
        virtio@b000000 {
          compatible = "virtio,mmio";
          reg = <0x0 0xb000000 0x0 0x200>;  // finding
          interrupts = <0 16 1>;
          dma-coherent;
        };
      };
      """),
    Example(
      in: .firecracker,
      """
      / {
        rtc@40000000 {
          compatible = "arm,pl031", "arm,primecell";
          reg = <0x0 0x40000000 0x0 0x1000>;  // finding
          clocks = <&clock>;
          clock-names = "apb_pclk";
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    Firecracker.machine.reportElsewhere(in: view, &report)
  }
}
