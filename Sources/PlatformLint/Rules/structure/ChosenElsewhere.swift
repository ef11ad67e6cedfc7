import DeviceTree
import Diagnostics
import GuestView

/// `/chosen` and `/aliases` are children of the root.
enum ChosenElsewhere: Rule {
  static let id = "structure/chosen-elsewhere"
  static let severity = Severity.warning
  static let summary = "a node called chosen or aliases is not a child of the root"
  static let rationale = """
    Linux looks for /chosen and /aliases by their paths. What stands in a node of that name \
    elsewhere is read by nobody.
    """
  static let consequence = "the command line, the console or the aliases in it do not exist"
  static let help = "move the node to the root"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.devicetree("3.6"),
    .linux("drivers/of/fdt.c", "early_init_dt_scan_chosen"),
  ]
  static let alsoKnownAs = ["dtc: chosen_node_is_root"]
  static let good = [
    Example(
      """
      &chosen {
        bootargs = "quiet";
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        firmware {
          chosen {  // finding
            bootargs = "quiet";
          };
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.tree.nodes(withBaseNames: ["chosen", "aliases"]) {
      guard node.unitAddress == nil, node.index > 0, node.parent?.index != 0,
        view.isEnabled(node)
      else { continue }
      report("the node is not a child of the root", at: .node(node), expected: "/\(node.name)")
    }
  }
}
