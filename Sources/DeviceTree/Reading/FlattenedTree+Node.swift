extension FlattenedTree {
  /// A node of a flattened tree: an index and a reference to the tree.
  public struct Node: Sendable {
    /// The tree it stands in.
    public let tree: FlattenedTree
    /// Its position in document order; the root is 0.
    public let index: Int

    var record: NodeRecord { tree.nodeRecords[index] }

    /// The name with its unit address, as the bytes have it; empty for the root.
    public var name: String { tree.text(of: nameByteRange) }

    /// The name before the first `@`.
    public var baseName: String { tree.text(of: baseNameByteRange) }

    /// What follows the first `@` of the name.
    public var unitAddress: String? { unitAddressByteRange.map(tree.text(of:)) }

    /// The full path, `/` for the root.
    public var path: String {
      if index == 0 { return "/" }
      var steps: [Int] = []
      var step = index
      while step != 0 {
        steps.append(step)
        step = Int(tree.nodeRecords[step].parent)
      }
      var path = ""
      while let step = steps.popLast() { path += "/" + Node(tree: tree, index: step).name }
      return path
    }

    /// Where the node starts in the file (its FDT_BEGIN_NODE), in bytes.
    public var byteOffset: Int { Int(record.offset) }

    /// Where the name stands in the file, in bytes.
    public var nameByteRange: Range<Int> {
      let start = Int(record.nameOffset)
      return start..<(start + Int(record.nameLength))
    }

    /// Where the name before the first `@` stands in the file, in bytes.
    public var baseNameByteRange: Range<Int> {
      let start = Int(record.nameOffset)
      return start..<(start + Int(record.baseNameLength))
    }

    /// Where what follows the first `@` of the name stands in the file, in bytes; nil without an `@`.
    public var unitAddressByteRange: Range<Int>? {
      let record = record
      guard record.baseNameLength < record.nameLength else { return nil }
      let start = Int(record.nameOffset)
      return (start + Int(record.baseNameLength) + 1)..<(start + Int(record.nameLength))
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
      guard let number = tree.number(ofPropertyName: name) else { return nil }
      let wanted = UInt32(number)
      for index in properties.range where tree.propertyRecords[index].name == wanted {
        return Property(tree: tree, index: index)
      }
      return nil
    }

    /// Whether there is a property of this name.
    public func has(_ name: String) -> Bool { property(name) != nil }

    /// The first child with exactly this name.
    public func child(_ name: String) -> Node? {
      tree.child(of: index, named: name.utf8.span).map { Node(tree: tree, index: $0) }
    }

    /// Whether the name, unit address included, is `name`; no string is made.
    public func isNamed(_ name: String) -> Bool { tree.holds(name, at: nameByteRange) }

    /// Whether the name before the first `@` is `name`; no string is made.
    public func hasBaseName(_ name: String) -> Bool { tree.holds(name, at: baseNameByteRange) }
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

  /// What stands at `range` of the file, as text.
  func text(of range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Whether `text` stands at `range` of the file.
  func holds(_ text: String, at range: Range<Int>) -> Bool {
    let text = text.utf8.span
    let bytes = bytes
    return text.count == range.count
      && bytes.span.holds(text, at: range.lowerBound)
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
