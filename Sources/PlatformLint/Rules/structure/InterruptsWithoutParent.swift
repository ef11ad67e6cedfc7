import DeviceTree
import Diagnostics
import GuestView

/// A node with `interrupts` needs a controller to send them to.
enum InterruptsWithoutParent: Rule {
  static let id = "structure/interrupts-without-parent"
  static let severity = Severity.error
  static let summary = "a node has interrupts and no interrupt controller"
  static let rationale = """
    Interrupts go to the node that the nearest interrupt-parent names, or to an ancestor that is a \
    controller itself. Without either, the numbers mean nothing.
    """
  static let consequence = "the interrupts of the device can't be set up"
  static let logLine: String? = "error -6: IRQ index 0 not found"
  static let help = "add interrupt-parent to the root, naming the interrupt controller"
  static let sources = [
    Source.devicetree("2.4.1"), .linux("drivers/of/irq.c", "of_irq_find_parent"),
    .observed("without interrupt-parent in the root: error -6, and the boot hangs"),
  ]
  static let alsoKnownAs = ["dtc: interrupts_property"]
  static let silencedBy: [any Rule.Type] = [DanglingInterruptParent.self]
  static let good = [
    Example(
      """
      / {
        /delete-property/ interrupt-parent;
        timer {
          interrupt-parent = <&gic>;
        };
        serial@9000000 {
          interrupt-parent = <&gic>;
        };
      };
      &disk {
        interrupt-parent = <&gic>;
      };
      &net {
        interrupt-parent = <&gic>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        /delete-property/ interrupt-parent;
        timer {
          interrupt-parent = <&gic>;
        };
        serial@9000000 {
          interrupt-parent = <&gic>;
        };
      };
      &disk {
        interrupts = <0 16 1>;  // finding
      };
      &net {
        interrupt-parent = <&gic>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let lost = view.enabledProperties(named: "interrupts").filter { property in
      view.interruptParent(of: property.node) == nil
        && !property.node.has("interrupts-extended") && !isExplained(property.node)
    }
    // Of many it is the root that lacks the word.
    guard lost.count <= Self.mostByThemselves else {
      report(
        "nothing says which controller the interrupts of \(lost.count) nodes go to",
        at: .node(view.tree.root), expected: "interrupt-parent in the root",
        related: lost.prefix(4).map { Party("has interrupts", at: .property($0)) })
      return
    }
    for property in lost {
      report(
        "nothing says which controller the interrupts go to", at: .property(property),
        expected: "interrupt-parent in the node or an ancestor")
    }
  }

  private static let mostByThemselves = 2

  /// Whether the node or an ancestor has an `interrupt-parent`, which is then what is wrong.
  private static func isExplained(_ node: FlattenedTree.Node) -> Bool {
    var candidate: FlattenedTree.Node? = node
    while let node = candidate {
      if node.has("interrupt-parent") { return true }
      candidate = node.parent
    }
    return false
  }
}
