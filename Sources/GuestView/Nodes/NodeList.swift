public import DeviceTree

/// Some nodes of a tree, in document order.
public struct NodeList: RandomAccessCollection, Sendable {
  let tree: FlattenedTree
  /// The positions of the nodes.
  let positions: ArraySlice<Int32>

  init(_ tree: FlattenedTree, _ positions: ArraySlice<Int32>) {
    self.tree = tree
    self.positions = positions
  }

  /// The nodes at `positions`, which may be in any order and occur more than once.
  init(_ tree: FlattenedTree, merging positions: some Collection<Int32>) {
    var unique: [Int32] = []
    for position in positions.sorted() where unique.last != position { unique.append(position) }
    self.init(tree, unique[...])
  }

  /// The position of the first node in the list.
  public var startIndex: Int { positions.startIndex }
  /// One past the position of the last node in the list.
  public var endIndex: Int { positions.endIndex }
  /// The node at `position` of the list.
  public subscript(position: Int) -> FlattenedTree.Node { tree.nodes[Int(positions[position])] }

  /// The nodes that are in either list, each once.
  public func union(_ other: NodeList) -> NodeList {
    if other.isEmpty { return self }
    if isEmpty { return other }
    return NodeList(tree, merging: positions + other.positions)
  }
}
