import DeviceTree
import Diagnostics
import GuestView

/// A symbol of an overlay names a node of one of its fragments.
enum SymbolLost: Rule {
  static let id = "overlay/symbol-lost"
  static let severity = Severity.error
  static let summary = "an entry of __symbols__ names no node that a fragment brings"
  static let rationale = """
    When an overlay is applied, its labels become labels of the base, for overlays that come after it. \
    The path is that of a node below the __overlay__ of a fragment, and is rewritten to where that goes.
    """
  static let consequence = "the overlay is refused, or later ones can't refer to the label"
  static let help = "remove the symbol, or let dtc -@ write it"
  static let exceptions = """
    A warning where libfdt doesn't look: a node that isn't there, and a path that leads into no \
    __overlay__.
    """
  static let sources = [
    Source.libfdt("fdt_overlay.c", "overlay_symbol_update"),
    .linux("drivers/of/overlay.c", "dup_and_fixup_symbol_prop"),
  ]
  static let good = [OverlayExamples.symbol("/fragment@0/__overlay__/device", "")]
  static let bad = [
    OverlayExamples.symbol("/fragment@1/__overlay__/device", "  // finding"),
    OverlayExamples.symbol("/fragment@0/__overlay__/devices", "  // finding"),
    OverlayExamples.symbol("/device", "  // finding"),
    OverlayExamples.symbol("device", "  // finding"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.isOverlay, let symbols = view.tree.root.child("__symbols__") else {
      return
    }
    let children = ChildIndex(view.tree)
    for property in symbols.properties {
      guard let (problem, severity) = problem(property, children) else { continue }
      report(
        problem, at: .property(property), found: property.string.map { "\"\($0)\"" },
        expected: "a path as \"/fragment@0/__overlay__/device\"", severity: severity)
    }
  }

  private static func problem(
    _ property: FlattenedTree.Property, _ children: ChildIndex
  ) -> (String, Severity)? {
    guard StringValue.isString(property), let path = property.string, path.hasPrefix("/") else {
      return ("the symbol is no path", .error)
    }
    let parts = path.split(separator: "/")
    guard parts.count > 1, parts[1] == "__overlay__" else {
      return ("the symbol leads into no __overlay__, and is lost", .warning)
    }
    guard children.node(at: "/" + parts[0] + "/__overlay__") != nil else {
      return ("the symbol leads into a fragment that is not there", .error)
    }
    guard children.node(at: path) == nil else { return nil }
    return ("the symbol names no node", .warning)
  }
}
