import DeviceTree
import Diagnostics
import GuestView

/// Only interrupt controllers state `#interrupt-cells`.
enum CellsWithoutController: Rule {
  static let id = "structure/cells-without-controller"
  static let severity = Severity.warning
  static let summary = """
    a node has #interrupt-cells and neither interrupt-controller nor interrupt-map
    """
  static let rationale = """
    A driver for an interrupt controller is started only on a node that says it is one with \
    interrupt-controller. With #interrupt-cells alone, interrupts are sent to it, and nobody takes \
    them.
    """
  static let consequence = "no interrupt that goes to the node can be set up"
  static let help = "add interrupt-controller, or remove #interrupt-cells"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.devicetree("2.4.2"),
    .linux("drivers/of/irq.c", "of_irq_init"),
  ]
  static let silencedBy: [any Rule.Type] = [
    GICMalformed.self, HartWithoutController.self, IMSICMalformed.self,
  ]
  static let good = [
    Example(
      """
      &gic {
        interrupt-controller;
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        interrupt-controller@8020000 {  // finding
          compatible = "example,combiner";
          reg = <0x0 0x8020000 0x0 0x1000>;
          #interrupt-cells = <1>;
          interrupts = <0 40 4>;
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let nodes = view.enabledProperties(named: "#interrupt-cells").map(\.node).filter {
      !$0.has("interrupt-controller") && !$0.has("interrupt-map")
    }
    guard !nodes.isEmpty else { return }
    var isParent = [Bool](repeating: false, count: view.tree.nodeCount)
    for property in view.enabledProperties(named: "interrupts") {
      if let parent = view.interruptParent(of: property.node) { isParent[parent.index] = true }
    }
    for node in nodes {
      report(
        "the node has #interrupt-cells and is no interrupt controller", at: .node(node),
        expected: "interrupt-controller", severity: isParent[node.index] ? .error : nil)
    }
  }
}
