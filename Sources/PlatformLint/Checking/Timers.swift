import DeviceTree
import GuestView

/// The architected timers of arm64 and 32-bit Arm.
enum Timers {
  /// **Source:** Linux `drivers/clocksource/arm_arch_timer.c`, `TIMER_OF_DECLARE`.
  static func isTimer(_ node: FlattenedTree.Node) -> Bool {
    guard let compatible = node.property("compatible") else { return false }
    return compatible.listsCompatible("arm,armv8-timer")
      || compatible.listsCompatible("arm,armv7-timer")
  }

  /// The enabled ones.
  static func all(in view: GuestView) -> [FlattenedTree.Node] {
    view.tree.nodes.filter { isTimer($0) && view.isEnabled($0) }
  }
}
