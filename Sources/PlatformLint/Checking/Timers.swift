import DeviceTree
import GuestView

/// The architected timers of arm64 and 32-bit Arm.
enum Timers {
  /// The enabled ones.
  ///
  /// **Source:** Linux `drivers/clocksource/arm_arch_timer.c`, `TIMER_OF_DECLARE`.
  static func all(in view: GuestView) -> [FlattenedTree.Node] {
    view.nodes(compatibleWith: "arm,armv8-timer")
      .union(view.nodes(compatibleWith: "arm,armv7-timer"))
      .filter(view.isEnabled)
  }
}
