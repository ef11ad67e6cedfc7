import DeviceTree
import Diagnostics
import GuestView

/// `interrupts` is made of whole specifiers.
enum InterruptsLength: Rule {
  static let id = "structure/interrupts-length"
  static let severity = Severity.warning
  static let summary = "interrupts is not a whole number of specifiers"
  static let rationale = """
    A specifier has as many cells as the interrupt controller says in #interrupt-cells. If a node \
    was written for a controller with another number, every specifier but the first is read at the \
    wrong place.
    """
  static let consequence = "the device gets other interrupts than were meant, or none"
  static let help = "write each specifier with as many cells as the controller says"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.devicetree("2.4.1"),
    .linux("drivers/of/irq.c", "of_irq_parse_one"),
  ]
  static let alsoKnownAs = ["dtc: interrupts_property"]
  static let silencedBy: [any Rule.Type] = [NoInterrupt.self]
  static let good = [
    Example(
      """
      &serial {
        interrupts = <0 1 4>;
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &serial {
        interrupts = <0 1 4 0>;  // finding
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "interrupts") {
      let node = property.node
      guard let controller = view.interruptParent(of: node) else { continue }
      let size = 4 * view.interruptCells(of: controller)
      guard size > 0, property.count == 0 || property.count % size != 0,
        !node.has("interrupts-extended"),
        // The GIC is what is wrong then, and told of once.
        !GICv3.hasWrongCells(controller)
      else { continue }
      report(
        "interrupts is not a whole number of specifiers", at: .property(property),
        found: "\(property.count) bytes", expected: "a multiple of \(size) bytes",
        related: [Party("is the interrupt controller", at: .node(controller))],
        severity: property.count < size ? .error : nil)
    }
  }
}
