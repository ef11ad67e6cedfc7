import DeviceTree
import Diagnostics
import GuestView

/// `interrupt-parent` must name a node that takes interrupts.
enum DanglingInterruptParent: Rule {
  static let id = "structure/dangling-interrupt-parent"
  static let severity = Severity.error
  static let summary = "interrupt-parent names no node"
  static let rationale = """
    The property tells where the interrupts of the node, and of everything below it that says \
    nothing else, go. If its phandle belongs to no node, they go nowhere.
    """
  static let consequence = "no interrupt below the node can be set up"
  static let logLine: String? = "error -6: IRQ index 0 not found"
  static let help = "refer to the interrupt controller by its label"
  static let sources = [
    Source.devicetree("2.4.1"), .linux("drivers/of/irq.c", "of_irq_find_parent"),
  ]
  static let alsoKnownAs = ["dtc: interrupts_property"]
  static let good = [
    Example(
      """
      &disk {
        interrupt-parent = <&gic>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        interrupt-parent = <0x1234>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "interrupt-parent")
    where property.cell(0).flatMap(view.phandles.node(for:)) == nil {
      report(
        "interrupt-parent names no node", at: .property(property),
        found: property.cell(0).map(ByteText.hex),
        expected: "the phandle of an interrupt controller")
    }
  }
}
