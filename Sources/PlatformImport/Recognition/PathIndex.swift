import DeviceTree

/// The nodes of a tree by their paths: searching the children of each node on each path would be
/// quadratic.
struct PathIndex {
  private struct Key: Hashable {
    var parent: Int
    var name: String
  }

  private var children: [Key: Int] = [:]

  init(_ tree: FlattenedTree) {
    children.reserveCapacity(tree.nodeCount)
    for node in tree.nodes {
      guard let parent = node.parent else { continue }
      children[Key(parent: parent.index, name: node.name)] = node.index
    }
  }

  /// The child of the node `parent` that has exactly this name.
  func child(_ name: String, of parent: Int) -> Int? { children[Key(parent: parent, name: name)] }

  /// The node at `path`, which is spelled out from the root on.
  subscript(path: String) -> Int? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    if path == "/" { return 0 }
    var node = 0
    for name in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let child = child(String(name), of: node) else { return nil }
      node = child
    }
    return node
  }
}
