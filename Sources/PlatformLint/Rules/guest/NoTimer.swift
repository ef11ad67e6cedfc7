import DeviceTree
import Diagnostics
import GuestView

/// An arm64 guest needs the architected timer.
enum NoTimer: Rule {
  static let id = "guest/no-timer"
  static let severity = Severity.error
  static let summary = "no architected timer is described or enabled"
  static let rationale = """
    The guest takes its time and its ticks from the timer of the CPUs, and finds it by its node \
    alone. Without it there is no clock source on a machine that has no other timer.
    """
  static let consequence = "the kernel panics before it has a console but an early one"
  static let logLine: String? =
    "Kernel panic - not syncing: Unable to initialise architected timer."
  static let help = """
    add a node with compatible = "arm,armv8-timer" and the interrupts of the secure, physical, \
    virtual and hypervisor timers
    """
  static let exceptions =
    "Trees whose CPUs are not started by PSCI: those are boards with timers of their own."
  static let sources = [
    Source.linux("drivers/clocksource/arm_arch_timer.c", "arch_timer_of_init"),
    .binding("timer/arm,arch_timer.yaml"),
  ]
  static let good = [
    Example(
      """
      / {
        timer {
          status = "okay";
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {  // finding
        timer {
          status = "disabled";
        };
      };
      """),
    Example(
      """
      / {
        timer {
          compatible = "arm,armv8timer";  // finding
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let methods = view.cpus.compactMap { $0.node.property("enable-method") }
    guard methods.contains(where: { $0.isString("psci") }),
      Timers.all(in: view).isEmpty
    else { return }
    let expected = "a node with compatible = \"arm,armv8-timer\""
    // One that is misspelt is told of once, where it stands.
    for property in view.properties(named: "compatible") where view.isEnabled(property.node) {
      guard let text = Spelling.near("arm,armv8-timer", edits: 2, in: property) else { continue }
      report(
        "this is no timer to the kernel, and nothing else is", at: .property(property),
        found: "\"\(text)\"", expected: expected)
      return
    }
    report("no timer is described or enabled", at: .node(view.tree.root), expected: expected)
  }
}
