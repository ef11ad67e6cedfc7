import DeviceTree
import Diagnostics
import GuestView

/// A node whose children have `reg` should state its cells.
enum UnstatedCells: Rule {
  static let id = "structure/unstated-cells"
  static let severity = Severity.warning
  static let summary = "a node does not state the cells that its children use"
  static let rationale = """
    The specification takes two cells for an address and one for a size where a node says nothing, \
    and does not inherit. Linux asks the ancestors instead. The same bytes then mean two things.
    """
  static let consequence = "Linux uses the cell counts of the nearest ancestor that states them"
  static let logLine: String? = nil
  static let help = "state #address-cells and #size-cells in the node"
  static let exceptions = "Nodes whose children have neither reg nor ranges, and disabled nodes."
  static let sources = [
    Source.devicetree("2.3.5"), .linux("drivers/of/base.c", "of_bus_n_addr_cells"),
  ]
  static let alsoKnownAs = ["dtc: avoid_default_addr_size"]
  static let silencedBy: [any Rule.Type] = [RootCellsWrong.self]
  static let good = [
    Example(
      """
      / {
        bus {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          rtc@9010000 {
            compatible = "google,goldfish-rtc";
            reg = <0x0 0x9010000 0x0 0x1000>;
          };
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        bus {  // finding
          compatible = "simple-bus";
          ranges;
          rtc@9010000 {
            compatible = "google,goldfish-rtc";
            reg = <0x0 0x9010000 0x0 0x1000>;
          };
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let tree = view.tree
    var statements = [UInt8](repeating: 0, count: tree.nodeCount)
    for name in ["#address-cells", "#size-cells"] {
      for property in view.enabledProperties(named: name) {
        statements[tree.node(ofPropertyAt: property.index)] += 1
      }
    }
    var isUsed = [Bool](repeating: false, count: tree.nodeCount)
    for name in ["reg", "ranges"] {
      for property in view.properties(named: name) {
        let child = tree.node(ofPropertyAt: property.index)
        if let bus = tree.parent(ofNodeAt: child) { isUsed[bus] = true }
      }
    }
    for index in tree.nodes.indices
    where isUsed[index] && statements[index] < 2 && view.isEnabled(nodeAt: index) {
      let node = tree.nodes[index]
      let hasAddress = node.has("#address-cells")
      let hasSize = node.has("#size-cells")
      guard node.name != "reserved-memory",
        let child = node.children.first(where: { $0.has("reg") || $0.has("ranges") })
      else { continue }
      let missing = [(hasAddress, "#address-cells"), (hasSize, "#size-cells")]
        .filter { !$0.0 }.map(\.1)
      let cells = view.cells(of: node)
      report(
        "the node does not state \(missing.joined(separator: " and "))", at: .node(node),
        found: "\(cells.address) and \(cells.size) in Linux",
        related: [Party("uses the cells", at: .node(child))])
    }
  }
}
