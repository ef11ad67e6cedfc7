import DeviceTree
import Diagnostics
import GuestView

/// The interrupts of the timer go to a controller that the guest has a driver for.
enum NoInterruptController: Rule {
  static let id = "guest/no-interrupt-controller"
  static let severity = Severity.error
  static let summary = "the interrupt controller of the timer is disabled, or no driver knows it"
  static let rationale = """
    The guest starts the controllers that are marked as such, enabled, and compatible with one that it \
    knows. Where the one of the timer is not, none of its interrupts can be had, and neither can those \
    of any device behind the same controller.
    """
  static let consequence = "there are no ticks and no interrupts, and the boot stops"
  static let logLine: String? = "arch_timer: No interrupt available, giving up"
  static let help = "enable the controller, and write its compatible as the binding has it"
  static let sources = [
    Source.linux("drivers/of/irq.c", "of_irq_init", "of_irq_get"),
    .linux("drivers/clocksource/arm_arch_timer.c", "arch_timer_of_init"),
    .observed("the boot stops when it brings up secondary CPUs"),
  ]
  static let silencedBy: [any Rule.Type] = []
  static let good = [
    Example(
      """
      &gic {
        status = "okay";
      };
      """)
  ]
  static let bad = [
    Example("&gic {\n  status = \"disabled\";  // finding\n};"),
    Example("&gic {\n  compatible = \"arm,gicv3\";  // finding\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for timer in Timers.all(in: view) {
      guard let interrupt = view.interrupts(of: timer).first,
        let fault = view.fault(ofController: interrupt.controller)
      else { continue }
      report(
        ControllerFaults.message(fault), at: ControllerFaults.spot(fault, view),
        found: ControllerFaults.found(fault, view), expected: ControllerFaults.expected(fault),
        related: [Party("has its interrupts there", at: .property(interrupt.property))])
      return
    }
  }
}
