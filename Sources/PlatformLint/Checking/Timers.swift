import DeviceTree
import GuestView

/// The architected timers of arm64 and 32-bit Arm.
enum Timers {
  /// The enabled ones.
  ///
  /// **Source:** Linux `drivers/clocksource/arm_arch_timer.c`, `TIMER_OF_DECLARE`.
  static func all(in view: GuestView) -> [FlattenedTree.Node] {
    view.nodes(compatibleWithAny: ["arm,armv8-timer", "arm,armv7-timer"]).filter(view.isEnabled)
  }
}
