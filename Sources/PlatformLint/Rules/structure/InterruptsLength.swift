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
    for property in view.properties(named: "interrupts") where view.isEnabled(property.node) {
      let node = property.node
      guard !node.has("interrupts-extended"), let controller = view.interruptParent(of: node),
        let cells = controller.property("#interrupt-cells")?.cell(0), (1...16).contains(cells),
        // The GIC is what is wrong then, and told of once.
        !GICv3.hasWrongCells(controller)
      else { continue }
      let size = 4 * Int(cells)
      guard property.count == 0 || property.count % size != 0 else { continue }
      report(
        "interrupts is not a whole number of specifiers", at: .property(property),
        found: "\(property.count) bytes", expected: "a multiple of \(size) bytes",
        related: [Party("is the interrupt controller", at: .node(controller))],
        severity: property.count < size ? .error : nil)
    }
  }
}
