import DeviceTree
import Diagnostics
import GuestView

/// A frequency of the timer is not 0.
enum TimerFrequencyZero: Rule {
  static let id = "guest/timer-frequency-zero"
  static let severity = Severity.error
  static let summary = "clock-frequency of the architected timer is 0"
  static let rationale = """
    The guest asks the timer for its frequency, unless its node tells one. That is taken as it \
    is, 0 too, and with a frequency of 0 there is no time.
    """
  static let consequence = "the guest panics early in its boot"
  static let logLine: String? =
    "Kernel panic - not syncing: Unable to initialise architected timer."
  static let help = "remove clock-frequency, so that the guest asks the timer"
  static let sources = [
    Source.linux("drivers/clocksource/arm_arch_timer.c", "arch_timer_of_configure_rate"),
    .linux("arch/arm64/kernel/time.c", "time_init"),
    .binding("timer/arm,arch_timer.yaml"),
    .observed("clock-frequency = <0>: the boot ends"),
  ]
  static let good = [
    Example(
      """
      / {
        timer {
          clock-frequency = <62500000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        timer {
          clock-frequency = <0>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for timer in Timers.all(in: view) {
      guard let property = timer.property("clock-frequency"), property.cell(0) == 0 else {
        continue
      }
      report(
        "the timer has a frequency of 0", at: .property(property), found: "0",
        expected: "no clock-frequency, or the timer's, in hertz")
    }
  }
}
