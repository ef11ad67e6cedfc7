import DeviceTree
import Diagnostics
import GuestView

/// A property and a child of one node have different names.
enum PropertyNamedLikeNode: Rule {
  static let id = "structure/property-named-like-node"
  static let severity = Severity.warning
  static let summary = "a node has a property and a child of the same name"
  static let rationale = """
    Below /proc/device-tree both are entries of one directory, and source that mentions the name \
    may mean either.
    """
  static let consequence = "one of the two appears under a changed name"
  static let logLine: String? = "Duplicate name in …, renamed to"
  static let help = "rename the child or the property"
  static let sources = [
    Source.devicetree("2.2.4"),
    .linux("drivers/of/kobj.c", "safe_name"),
  ]
  static let alsoKnownAs = ["dtc: node_name_vs_property_name"]
  static let good = [
    Example(
      """
      / {
        power {
          compatible = "example,power";
          button;
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        power {
          compatible = "example,power";
          button;
          button {  // finding
            label = "power";
          };
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for index in view.tree.nodes.indices {
      guard let name = view.tree.propertyNameNumber(ofNodeAt: index) else { continue }
      let node = view.tree.nodes[index]
      guard let parent = node.parent, !view.isBookkeeping(node),
        let property = view.propertyIndex.properties(nameNumber: name).property(of: parent)
      else { continue }
      report(
        "the parent has a property of the same name", at: .node(node),
        related: [Party("has the name of the node", at: .property(property))])
    }
  }
}
