import DeviceTree

/// The names by which a tree's author knows its nodes: `__symbols__` first, then `/aliases`.
struct NodeLabels: Sendable {
  private let tree: FlattenedTree
  private var paths = TextTable()
  /// The position of the first property that names each path.
  private var properties: [Int] = []

  init(_ tree: FlattenedTree) {
    self.tree = tree
    let file = tree.bytes
    for container in ["__symbols__", "aliases"] {
      guard let node = tree.root.child(container) else { continue }
      for property in node.properties where property.stringCount == 1 && property.isTerminated {
        let value = property.byteRange
        let number = paths.number(
          insertingTextAt: value.lowerBound..<(value.upperBound - 1), of: file.span)
        if number == properties.count { properties.append(property.index) }
      }
    }
  }

  func label(of path: String) -> String? {
    let bytes = tree.bytes
    return paths.number(of: path.utf8.span, in: bytes.span).map { number in
      tree.properties[properties[number]].name
    }
  }
}
