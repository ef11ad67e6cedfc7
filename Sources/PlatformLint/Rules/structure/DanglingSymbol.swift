import DeviceTree
import Diagnostics
import GuestView

/// Every entry of `__symbols__` is the path of a node.
enum DanglingSymbol: Rule {
  static let id = "structure/dangling-symbol"
  static let severity = Severity.warning
  static let summary = "an entry of __symbols__ names no node"
  static let rationale = """
    Overlays refer to nodes by their labels, which stand in __symbols__ with their paths. A tool that \
    removes or renames a node leaves the label behind.
    """
  static let consequence = "an overlay that refers to the label is refused"
  static let logLine: String? = "OF: resolver: overlay phandle fixup failed: -2"
  static let help = "remove the symbol, or correct its path"
  static let exceptions = "Overlays, whose symbols have a rule of their own."
  static let sources = [
    Source.libfdt("fdt_overlay.c", "overlay_fixup_phandle"),
    .linux("drivers/of/resolver.c", "of_resolve_phandles"),
  ]
  static let good = [example("/serial@9000000", "")]
  static let bad = [example("/serial@9000001", "  // finding")]

  private static func example(_ path: String, _ marker: String) -> Example {
    Example(
      """
      / {
        __symbols__ {
          port = "\(path)";\(marker)
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let symbols = view.tree.root.child("__symbols__"), !view.isOverlay else {
      return
    }
    let children = ChildIndex(view.tree)
    for property in symbols.properties {
      if StringValue.isString(property),
        children.node(atPathIn: property.byteRange.dropLast()) != nil
      {
        continue
      }
      report(
        "the symbol names no node", at: .property(property),
        found: property.string.map { "\"\($0)\"" }, expected: "the path of a node")
    }
  }
}
