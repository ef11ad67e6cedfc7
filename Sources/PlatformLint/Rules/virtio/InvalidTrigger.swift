import DeviceTree
import Diagnostics
import GuestView

/// A shared interrupt of a GIC is triggered by a rising edge or a high level.
enum InvalidTrigger: Rule {
  static let id = "virtio/invalid-trigger"
  static let severity = Severity.error
  static let summary = "the interrupt of a virtio device has a trigger that a GIC does not know"
  static let rationale = """
    The third cell of a GIC's specifier holds the trigger: 1 for a rising edge, 4 for a high level. \
    The controller has no other ones for shared interrupts. With 0 the guest warns where it reads the \
    specifier, and leaves the line as it was programmed.
    """
  static let consequence = """
    the interrupt can't be set up and no driver binds to the device; with 0 it works, and a warning \
    with a stack trace is logged
    """
  static let logLine: String? = "genirq: Setting trigger mode"
  static let help = "use the trigger that the VMM has: 1 in most, 4 in some"
  static let exceptions = """
    A trigger of 0 is a warning: the kernel complains and uses what is programmed already.
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_irq_domain_translate", "gic_set_type"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
    .observed("8: setting the trigger fails, probe -22; 0: a warning, and the device works"),
  ]
  static let good = [
    Example(
      """
      &disk {
        interrupts = <0 16 4>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        interrupts = <0 16 8>;  // finding
      };
      """),
    Example(
      """
      &disk {
        interrupts = <0 16 0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      for interrupt in view.interrupts(of: device.node) {
        guard let gic = interrupt.gic, gic.kind == .spi || gic.kind == .extendedSPI,
          gic.trigger != 1, gic.trigger != 4
        else { continue }
        let flags = (interrupt.cells.lowerBound + 2)..<(interrupt.cells.lowerBound + 3)
        report(
          gic.trigger == 0
            ? "\(gic.name) has no trigger, of which the guest warns"
            : "the trigger of \(gic.name) is none that a GIC knows",
          at: .cells(
            interrupt.property, flags, "\(interrupt.property.name)[\(interrupt.index)].flags"),
          found: "\(gic.trigger) (\(GICInterrupt.triggerName(gic.trigger)))",
          expected: "1 (rising edge) or 4 (high level)",
          severity: gic.trigger == 0 ? .warning : nil)
      }
    }
  }
}
