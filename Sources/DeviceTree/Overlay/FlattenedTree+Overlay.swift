extension FlattenedTree {
  /// Whether this is an overlay: fragments that are laid over another tree.
  ///
  /// **Source:** libfdt 1.6.1 `fdt_overlay.c`, `overlay_merge`: children of the root that have a
  /// child `__overlay__`.
  public var isOverlay: Bool { root.children.contains { $0.child("__overlay__") != nil } }

  /// Whether this is an overlay, or would be one if it had a fragment.
  ///
  /// dtc makes a root without properties of a source that has `/plugin/` and changes nothing.
  var mayBeOverlay: Bool {
    isOverlay || root.properties.isEmpty && root.children.allSatisfy { Self.isBookkeeping($0) }
  }

  private static func isBookkeeping(_ node: Node) -> Bool {
    OverlayNames.bookkeeping.contains { node.isNamed($0) }
  }
}

/// The names that an overlay consists of.
///
/// **Source:** libfdt 1.6.1 `fdt_overlay.c`; dtc 1.6.1 `livetree.c`, `generate_fixups_tree`.
enum OverlayNames {
  static let content = "__overlay__"
  static let symbols = "__symbols__"
  static let fixups = "__fixups__"
  static let localFixups = "__local_fixups__"
  static let target = "target"
  static let targetPath = "target-path"
  static let bookkeeping = [symbols, fixups, localFixups]
}
