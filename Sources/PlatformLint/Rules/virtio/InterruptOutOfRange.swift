import DeviceTree
import Diagnostics
import GuestView

/// A GIC has a limited number of interrupts.
enum InterruptOutOfRange: Rule {
  static let id = "virtio/interrupt-out-of-range"
  static let severity = Severity.error
  static let summary = "the interrupt of a virtio device has a number that no GIC has"
  static let rationale = """
    Shared interrupts have the interrupt IDs 32 to 1019, and the specifier holds the ID − 32. A \
    number above 987 is mostly an ID that was written where the difference belongs.
    """
  static let consequence = "the interrupt can't be set up and no driver binds to the device"
  static let logLine: String? = "virtio-mmio <device>: error -6: IRQ index 0 not found"
  static let help = "write the interrupt ID − 32"
  static let sources = [
    Source.binding("interrupt-controller/arm,gic-v3.yaml"),
    .linux("drivers/irqchip/irq-gic-v3.c", "gic_irq_domain_translate"),
  ]
  static let good = [
    Example(
      """
      &disk {
        interrupts = <0 987 1>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        interrupts = <0 1000 1>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      for interrupt in view.interrupts(of: device.node) {
        guard let gic = interrupt.gic, gic.kind == .spi, gic.number > 987 else { continue }
        let number = (interrupt.cells.lowerBound + 1)..<(interrupt.cells.lowerBound + 2)
        report(
          "the number is beyond the last shared interrupt",
          at: .cells(
            interrupt.property, number, "\(interrupt.property.name)[\(interrupt.index)].number"),
          found: gic.name, expected: "SPI 0 to 987")
      }
    }
  }
}
