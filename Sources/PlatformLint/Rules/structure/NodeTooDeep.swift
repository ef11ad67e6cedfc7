import DeviceTree
import Diagnostics
import GuestView

/// Linux reads 63 levels of nodes.
enum NodeTooDeep: Rule {
  static let id = "structure/node-too-deep"
  static let severity = Severity.error
  static let summary = "a node is nested deeper than Linux reads"
  static let rationale = """
    The kernel unflattens nodes to a depth of 62 below the root, and passes over what is nested \
    deeper.
    """
  static let consequence = "the node does not exist to the guest"
  static let logLine: String? = "WARNING: … at …unflatten_dt_nodes"
  static let help = "nest nodes less deeply"
  static let sources = [
    Source.linux("drivers/of/fdt.c", "unflatten_dt_nodes", "FDT_MAX_DEPTH")
  ]
  static let good = [
    Example(nest(62))
  ]
  static let bad = [
    Example(nest(63))
  ]

  private static func nest(_ depth: Int) -> String {
    let last = depth > deepest ? "level {  // finding" : "level {"
    return "/ {\n" + String(repeating: "level {\n", count: depth - 1) + last + "\n"
      + String(repeating: "};\n", count: depth) + "};"
  }

  /// The depth below the root to which nodes are read.
  private static let deepest = 62

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let tree = view.tree
    guard tree.nodeCount > deepest + 1 else { return }
    var depths = [UInt8](repeating: 0, count: tree.nodeCount)
    for node in 1..<tree.nodeCount {
      let above = depths[tree.parent(ofNodeAt: node) ?? 0]
      depths[node] = min(above, UInt8(deepest) + 1) + 1
      // What stands below is lost with it.
      guard depths[node] == UInt8(deepest) + 1 else { continue }
      report(
        "the node is nested deeper than is read", at: .node(tree.nodes[node]),
        found: "level \(deepest + 1)", expected: "level \(deepest) at the most")
    }
  }
}
