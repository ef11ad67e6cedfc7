/// Positions alone, for what looks at every node or property: values that refer to the tree would be
/// counted each time.
extension FlattenedTree {
  /// The position of the node that the node at `index` stands in; nil for the root.
  public func parent(ofNodeAt index: Int) -> Int? {
    index == 0 ? nil : Int(nodeRecords[index].parent)
  }

  /// One past the position of the last node below the node at `index`.
  public func subtreeEnd(ofNodeAt index: Int) -> Int { Int(nodeRecords[index].subtreeEnd) }

  /// The position of the node that carries the property at `index`.
  public func node(ofPropertyAt index: Int) -> Int { Int(propertyRecords[index].node) }

  /// The number among ``propertyNames`` of the name of the property at `index`.
  public func nameNumber(ofPropertyAt index: Int) -> Int { Int(propertyRecords[index].name) }
}
