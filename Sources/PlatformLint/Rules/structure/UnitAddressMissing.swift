import DeviceTree
import Diagnostics
import GuestView

/// A node with `reg` carries its first address in its name.
enum UnitAddressMissing: Rule {
  static let id = "structure/unit-address-missing"
  static let severity = Severity.warning
  static let summary = "a node has reg but no unit address"
  static let rationale = """
    Nodes of one name collide as soon as there are two of them, and a look-up by path sees only the \
    first. The unit address keeps them apart and tells people where the device is.
    """
  static let consequence = """
    Linux takes the address from reg; the node can only be found by its bare name
    """
  static let help = "put the first address of reg behind @ in the name"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.devicetree("2.2.1.1")
  ]
  static let alsoKnownAs = ["dtc: unit_address_vs_reg"]
  static let good = [
    Example(
      """
      / {
        rtc@9010000 {
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000>;
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        rtc {  // finding
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000>;
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "reg") {
      let index = view.tree.node(ofPropertyAt: property.index)
      guard index > 0, !UnitAddress.exists(inNodeAt: index, of: view.tree) else { continue }
      let node = view.tree.nodes[index]
      // In an overlay, these are properties of a node that has its name elsewhere.
      if node.isNamed("__overlay__") { continue }
      report(
        "the node has reg but no unit address", at: .node(node),
        expected: UnitAddress.text(of: node, view).map { "@\($0)" })
    }
  }
}
