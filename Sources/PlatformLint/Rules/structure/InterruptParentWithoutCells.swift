import DeviceTree
import Diagnostics
import GuestView

/// What `interrupt-parent` names has `#interrupt-cells`, or the question goes on from there.
enum InterruptParentWithoutCells: Rule {
  static let id = "structure/interrupt-parent-without-cells"
  static let severity = Severity.error
  static let summary = "interrupt-parent names a node that takes no interrupts"
  static let rationale = """
    Linux asks a node without #interrupt-cells for its own interrupt-parent, and then the node \
    above it. Where that leads back to where it started, Linux goes round for ever; it does so \
    in the root, whose interrupt-parent holds for the node that it names too.
    """
  static let consequence = """
    the guest hangs when it looks for the first interrupt below the node, without a word
    """
  static let help = "name the interrupt controller, which has #interrupt-cells"
  static let exceptions = """
    A warning where the question is answered further on, by the controller of the node that is \
    named.
    """
  static let sources = [
    Source.linux("drivers/of/irq.c", "of_irq_find_parent"),
    .devicetree("2.4.1"),
    .observed("the boot stops in of_irq_find_parent, without a message"),
  ]
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
      / {
        bus {
          interrupt-parent = <&lines>;  // finding

          lines: lines {
          };
        };
      };
      """),
    Example(
      """
      &disk {
        interrupt-parent = <&clock>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "interrupt-parent") {
      guard let target = property.cell(0).flatMap(view.phandles.node(for:)),
        !target.has("#interrupt-cells")
      else { continue }
      let found = view.interruptParent(of: property.node)
      report(
        found == nil
          ? "\(target.name) takes no interrupts, and nor does what it leads to"
          : "\(target.name) takes no interrupts, and leads to \(found?.name ?? "")",
        at: .property(property), found: property.cell(0).map(ByteText.hex),
        expected: "a node with #interrupt-cells", related: [Party("is named", at: .node(target))],
        severity: found == nil ? nil : .warning)
    }
  }
}
