import DeviceTree
import Diagnostics
import GuestView

/// The timer's interrupts are levels.
enum TimerTrigger: Rule {
  static let id = "guest/timer-trigger"
  static let severity = Severity.warning
  static let summary = "an interrupt of the architected timer is not a level"
  static let rationale = """
    The timer holds its line for as long as its condition is true. The guest says so when it reads \
    anything else in the tree, and assumes a low level.
    """
  static let consequence = "the guest corrects the trigger and complains"
  static let logLine: String? = "arch_timer: WARNING: Invalid trigger for IRQ…, assuming level low"
  static let help = "write 4 (high level) or 8 (low level) in the third cell"
  static let sources = [
    Source.linux("drivers/clocksource/arm_arch_timer.c", "check_ppi_trigger"),
    .binding("timer/arm,arch_timer.yaml"),
  ]
  static let good = [example("<1 13 8>, <1 14 8>, <1 11 8>, <1 10 8>;")]
  static let bad = [example("<1 13 4>, <1 14 4>, <1 11 1>, <1 10 4>;  // finding")]

  private static func example(_ interrupts: String) -> Example {
    Example(
      """
      / {
        timer {
          interrupts = \(interrupts)
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for timer in Timers.all(in: view) {
      for interrupt in view.interrupts(of: timer) {
        guard let gic = interrupt.gic, gic.kind == .ppi, gic.trigger != 4, gic.trigger != 8
        else { continue }
        report(
          "the interrupt of a timer is a level",
          at: .element(interrupt.property, interrupt.index, cells: interrupt.cells),
          found: GICInterrupt.triggerName(gic.trigger), expected: "high level (4) or low level (8)")
      }
    }
  }
}
