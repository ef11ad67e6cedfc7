import DeviceTree
import Diagnostics
import GuestView

/// Two devices that share an interrupt must agree on its trigger.
enum InterruptTriggerClash: Rule {
  static let id = "structure/interrupt-trigger-clash"
  static let severity = Severity.error
  static let summary = "two enabled devices have the same interrupt with different triggers"
  static let rationale = """
    A line has one trigger. The kernel takes that of the device that comes first and refuses to map \
    the line for one that wants another.
    """
  static let consequence = "the second device gets no interrupt and no driver binds to it"
  static let logLine: String? = "irq: type mismatch, failed to map hwirq"
  static let help = "give each device an interrupt of its own, or both the same trigger"
  static let exceptions = """
    Interrupts that are private to a CPU, a node inside the other, and controllers other than a \
    GIC or an APLIC.
    """
  static let sources = [Source.linux("kernel/irq/irqdomain.c", "irq_create_fwspec_mapping")]
  static let good = [
    Example(
      """
      &net {
        interrupts = <0 17 4>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &net {
        interrupts = <0 16 4>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for use in report.shared.sharedInterrupts
    where use.first.trigger != use.second.trigger {
      let (first, second) = (use.first, use.second)
      report(
        "\(second.name) has another trigger at \(first.property.node.name)", at: second.spot,
        found: GICInterrupt.triggerName(second.trigger),
        expected: GICInterrupt.triggerName(first.trigger),
        related: [Party("has the same interrupt", at: first.spot)])
    }
  }
}
