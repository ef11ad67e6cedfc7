import DeviceTree
import Diagnostics
import GuestView

/// The window of a virtio-mmio device must hold its registers.
enum WindowTooSmall: Rule {
  static let id = "virtio/window-too-small"
  static let severity = Severity.error
  static let summary = "the window of a virtio-mmio device is smaller than its registers"
  static let rationale = """
    The registers take 0x100 bytes, and the configuration space of the device begins behind them. \
    Linux does not check the size; it maps whole pages, so a short window works by accident as long \
    as nobody claims the bytes behind it.
    """
  static let consequence = """
    the configuration of the device lies outside its window, where the VMM may have put something else
    """
  static let help = "make the window 0x200 bytes, as VMMs do"
  static let exceptions =
    "Above 0x100 bytes this is a warning: a device with little configuration works."
  static let sources = [Source.virtio("4.2.2"), .binding("virtio/mmio.yaml")]
  static let good = [
    Example(
      """
      / {
        virtio@a001000 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa001000 0x0 0x1000>;
          interrupts = <0 18 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        reg = <0x0 0xa000000 0x0 0x100>;  // finding
      };
      """),
    Example(
      """
      &disk {
        reg = <0x0 0xa000000 0x0 0x180>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      guard let register = view.registers(of: device.node).first, let size = register.size,
        size > 0, size < 0x200
      else { continue }
      report(
        "the window is too small",
        at: .cells(register.property, register.sizeCells, "reg[0].size"),
        found: ByteText.hexAndSize(size), expected: "at least \(ByteText.hexAndSize(0x200))",
        severity: size > 0x100 ? .warning : nil)
    }
  }
}
