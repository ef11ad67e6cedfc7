extension Tree {
  /// The tree with labels in `/__symbols__`, as `dtc -@` writes them, so that overlays can refer to
  /// its nodes.
  ///
  /// A labelled node gets a phandle if it has none, behind those that there are: without one a label
  /// is of no use. Labels that are there stay.
  ///
  /// - Parameter symbols: Labels and the paths that they stand for, in the order in which they are
  ///   written; a path that no node has is left out.
  /// - Returns: The tree with the labels.
  public func adding(symbols: [(label: String, path: String)]) -> Tree {
    if symbols.isEmpty { return self }
    var arena = TreeArena(self)
    let node =
      arena.child(OverlayNames.symbols, of: 0) ?? arena.addChild(OverlayNames.symbols, to: 0)
    var next = arena.largestPhandle
    for (label, path) in symbols {
      guard let target = arena.node(at: path), arena.slot(label, of: node) == nil else { continue }
      arena.set(Property(label, .string(path)), of: node)
      if arena.phandle(of: target) == nil {
        repeat { next = next >= .max - 1 ? 1 : next + 1 } while arena.node(phandle: next) != nil
        arena.set(Property("phandle", .u32(next)), of: target)
      }
    }
    var result = self
    result.root = arena.root
    return result
  }

  /// The path that `label` of `/__symbols__` stands for.
  public func path(ofSymbol label: String) -> String? {
    root.children.first { $0.name == OverlayNames.symbols }?[label]?.text
  }
}
