import DeviceTree
import Diagnostics
import GuestView

/// crosvm's devices on no bus have fixed addresses.
enum CrosvmDeviceElsewhere: TargetRule {
  static let id = "crosvm/device-elsewhere"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary = "a device of crosvm's is not where the tree says"
  static let rationale = """
    On arm64 the GIC's distributor is at 0x3fff0000, serial ports have the addresses of a PC's, the clock is at 0x2000 \
    and the watchdog at 0x3000. An overlay changes the tree that the guest sees, and the machine stays the same. What \
    --pci moves isn't judged.
    """
  static let consequence = "the driver finds no device at the address, or an abort ends the boot"
  static let help =
    "use the addresses of the machine, which its own tree has (--dump-device-tree-blob)"
  static let exceptions = "Devices of the host that an overlay describes for --vfio."
  static let sources = [
    Source.crosvm(
      "aarch64/src/lib.rs", "AARCH64_GIC_DIST_BASE, AARCH64_RTC_ADDR, AARCH64_VMWDT_ADDR"),
    .crosvm("arch/src/serial.rs", "SERIAL_ADDR"),
  ]
  static let good = [
    Example(
      in: .protected,
      """
      / {
        U6_16550A@2f8 {
          compatible = "ns16550a";
          reg = <0x0 0x2f8 0x0 0x8>;
          clock-frequency = <0x1c2000>;
          interrupts = <0 2 1>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .protected,
      """
      / {
        serial@9000000 {
          compatible = "ns16550a";
          reg = <0x0 0x9000000 0x0 0x8>;  // finding
          clock-frequency = <0x1c2000>;
          interrupts = <0 2 1>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    Crosvm.machine.reportElsewhere(in: view, &report)
  }
}
