extension FlattenedTree {
  /// A node of a flattened tree: an index and a reference to the tree.
  public struct Node: Sendable {
    /// The tree it stands in.
    public let tree: FlattenedTree
    /// Its position in document order; the root is 0.
    public let index: Int

    var record: NodeRecord { tree.nodeRecords[index] }

    /// The name with its unit address, as the bytes have it; empty for the root.
    public var name: String { tree.string(at: record.nameOffset, count: record.nameLength) }

    /// The name before the `@`.
    public var baseName: String { String(name.prefix { $0 != "@" }) }

    /// What follows the first `@` of the name.
    public var unitAddress: String? {
      let name = name
      guard let at = name.firstIndex(of: "@") else { return nil }
      return String(name[name.index(after: at)...])
    }

    /// The full path, `/` for the root.
    public var path: String {
      if index == 0 { return "/" }
      var parts: [String] = []
      var node = self
      while node.index != 0 {
        parts.append(node.name)
        node = Node(tree: tree, index: Int(node.record.parent))
      }
      return "/" + parts.reversed().joined(separator: "/")
    }

    /// Where the node starts in the file (its FDT_BEGIN_NODE), in bytes.
    public var byteOffset: Int { Int(record.offset) }

    /// Where the name stands in the file, in bytes.
    public var nameByteRange: Range<Int> {
      let start = Int(record.nameOffset)
      return start..<(start + Int(record.nameLength))
    }

    /// The node it stands in; nil for the root.
    public var parent: Node? {
      index == 0 ? nil : Node(tree: tree, index: Int(record.parent))
    }

    /// The children in document order.
    public var children: Children { Children(parent: self) }

    /// Everything below the node, in document order.
    public var descendants: Nodes {
      Nodes(tree: tree, range: (index + 1)..<Int(record.subtreeEnd))
    }

    /// The properties in document order.
    public var properties: Properties {
      let first = Int(record.firstProperty)
      return Properties(tree: tree, range: first..<(first + Int(record.propertyCount)))
    }

    /// The first property of this name, as libfdt and Linux would find it.
    public func property(_ name: String) -> Property? {
      let name = name.utf8.span
      for index in properties.range {
        let record = tree.propertyRecords[index]
        if tree.matches(name, at: record.nameOffset, count: record.nameLength) {
          return Property(tree: tree, index: index)
        }
      }
      return nil
    }

    /// Whether there is a property of this name.
    public func has(_ name: String) -> Bool { property(name) != nil }

    /// The first child with exactly this name.
    public func child(_ name: String) -> Node? {
      for child in children where child.isNamed(name) { return child }
      return nil
    }

    /// Whether the name, unit address included, is `name`; no string is made.
    public func isNamed(_ name: String) -> Bool {
      tree.matches(name.utf8.span, at: record.nameOffset, count: record.nameLength)
    }
  }

  /// A run of nodes in document order.
  public struct Nodes: RandomAccessCollection, Sendable {
    let tree: FlattenedTree
    let range: Range<Int>

    /// The position of the first node.
    public var startIndex: Int { range.lowerBound }
    /// One past the position of the last node.
    public var endIndex: Int { range.upperBound }
    /// The node at `position`.
    public subscript(position: Int) -> Node { Node(tree: tree, index: position) }
  }

  /// The children of one node, found by skipping subtrees.
  public struct Children: Sequence, IteratorProtocol, Sendable {
    let tree: FlattenedTree
    var upcoming: Int
    let end: Int

    init(parent: Node) {
      tree = parent.tree
      upcoming = parent.index + 1
      end = Int(parent.record.subtreeEnd)
    }

    /// The next child.
    public mutating func next() -> Node? {
      guard upcoming < end else { return nil }
      let node = Node(tree: tree, index: upcoming)
      upcoming = Int(node.record.subtreeEnd)
      return node
    }
  }

  func string(at offset: UInt32, count: UInt32) -> String {
    let start = Int(offset)
    return String(decoding: bytes[start..<(start + Int(count))], as: UTF8.self)
  }

  /// Whether the name of `count` bytes at `offset` is `name`: most of what a check spends its time on.
  func matches(_ name: Span<UInt8>, at offset: UInt32, count: UInt32) -> Bool {
    guard name.count == Int(count) else { return false }
    let start = Int(offset)
    for index in name.indices where bytes[start + index] != name[index] { return false }
    return true
  }
}

extension FlattenedTree.Node: Hashable {
  /// Nodes are equal when they are the same node of the same tree object.
  public static func == (left: Self, right: Self) -> Bool {
    left.index == right.index && left.tree === right.tree
  }

  /// Hashes the position; trees are rarely mixed in one set.
  public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}
