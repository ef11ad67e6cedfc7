import DeviceTree
import Diagnostics
import GuestView

/// A node states cells for children that use them.
enum UnnecessaryCells: Rule {
  static let id = "structure/unnecessary-cells"
  static let severity = Severity.note
  static let summary = "a node states cells that nothing below it uses"
  static let rationale = """
    The cells tell how the addresses of children are to be read. A node without ranges whose \
    children have no reg has no addresses to read, and most often an address was forgotten.
    """
  static let consequence = "nothing: the cells are not used"
  static let help = "remove #address-cells and #size-cells, or give the children a reg"
  static let exceptions = """
    Disabled nodes, nodes without children, buses with ranges, /reserved-memory, which needs its cells \
    whatever is in it, and domains of Xen that share memory.
    """
  static let sources = [
    Source.devicetree("2.3.5")
  ]
  static let alsoKnownAs = ["dtc: avoid_unnecessary_addr_size"]
  static let good = [
    Example(
      """
      / {
        fan-controller {
          compatible = "example,fans";
          #address-cells = <1>;
          #size-cells = <0>;
          fan@1 {
            reg = <1>;
          };
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        fan-controller {  // finding
          compatible = "example,fans";
          #address-cells = <1>;
          #size-cells = <0>;
          fan {
            label = "front";
          };
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "#address-cells") {
      let node = property.node
      guard node.index > 0, node.has("#size-cells"), !node.has("ranges"), !node.has("dma-ranges")
      else { continue }
      // Nodes without children are buses that wait for some.
      var hasChildren = false
      var usesCells = false
      for child in node.children {
        hasChildren = true
        usesCells =
          usesCells || child.has("reg") || child.has("ranges") || child.has("xen,shared-mem")
      }
      guard hasChildren, !usesCells, !node.isNamed("reserved-memory") else { continue }
      report("the cells are of no use", at: .node(node))
    }
  }
}
