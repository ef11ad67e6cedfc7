import DeviceTree
import Diagnostics
import GuestView

/// An interrupt controller says how many cells a specifier has.
enum ControllerWithoutCells: Rule {
  static let id = "structure/controller-without-cells"
  static let severity = Severity.error
  static let summary = "an interrupt controller does not state #interrupt-cells"
  static let rationale = """
    Without #interrupt-cells nobody can read a specifier for the controller. Linux passes the \
    question on to the controller behind it, and takes the interrupts to be that one's.
    """
  static let consequence = "devices below get the interrupts of another controller, or none"
  static let help = "add #interrupt-cells with the number of the binding"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.devicetree("2.4.2"),
    .linux("drivers/of/irq.c", "of_irq_find_parent"),
  ]
  static let alsoKnownAs = ["dtc: interrupt_provider"]
  static let good = [
    Example(
      """
      / {
        interrupt-controller@8020000 {
          compatible = "example,combiner";
          reg = <0x0 0x8020000 0x0 0x1000>;
          interrupt-controller;
          #interrupt-cells = <1>;
          interrupts = <0 40 4>;
        };
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
          interrupt-controller;
          interrupts = <0 40 4>;
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for name in ["interrupt-controller", "interrupt-map"] {
      for property in view.enabledProperties(named: name) {
        let node = property.node
        // In /chosen it is an obsolete reference; a controller with a map is told of once.
        guard !node.has("#interrupt-cells"), node.path != "/chosen",
          name == "interrupt-controller" || !node.has("interrupt-controller")
        else { continue }
        report("the node has \(name) and no #interrupt-cells", at: .node(node))
      }
    }
  }
}
