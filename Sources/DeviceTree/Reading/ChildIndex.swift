/// The children of a tree's nodes by parent and name, so that a path is followed without a walk over
/// siblings.
///
/// Worth its making where many paths are followed; for one, see ``FlattenedTree/node(at:)``.
public struct ChildIndex: Sendable {
  private let tree: FlattenedTree
  /// The position of a node, at the place that its hash says or behind it; 0, which is nobody's child,
  /// for none.
  private var slots: [UInt32]
  /// Whether names were met that crowd around one place: then a hash is taken that whoever made the
  /// file can't have known.
  private var isCrowded = false

  /// How many slots are looked at: in a table that is half full, more are never needed by chance.
  private static let mostProbes = 32

  /// The children of all nodes of `tree`; of equal names, the first one counts.
  public init(_ tree: FlattenedTree) {
    self.tree = tree
    slots = []
    if !fill() {
      isCrowded = true
      _ = fill()
    }
  }

  /// The child of `node` with this name.
  public func child(named name: String, of node: FlattenedTree.Node) -> FlattenedTree.Node? {
    child(of: node.index, named: name.utf8.span).map { tree.nodes[$0] }
  }

  /// The node at an absolute path.
  public func node(at path: some StringProtocol) -> FlattenedTree.Node? {
    let path = String(path)
    return node(at: path.utf8.span)
  }

  /// The node whose absolute path stands at `range` of the file, in bytes.
  public func node(atPathIn range: Range<Int>) -> FlattenedTree.Node? {
    let bytes = tree.bytes
    return node(at: bytes.span.extracting(range))
  }

  private func node(at path: borrowing Span<UInt8>) -> FlattenedTree.Node? {
    tree.position(at: path) { child(of: $0, named: $1) }.map { tree.nodes[$0] }
  }

  private func child(of parent: Int, named name: borrowing Span<UInt8>) -> Int? {
    let bytes = tree.bytes
    var slot = place(of: 0..<name.count, in: name, below: parent)
    while slots[slot] != 0 {
      if isChild(Int(slots[slot]), of: parent, named: name, bytes.span) { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func isChild(
    _ index: Int, of parent: Int, named name: borrowing Span<UInt8>, _ bytes: borrowing Span<UInt8>
  ) -> Bool {
    let record = tree.nodeRecords[index]
    return Int(record.parent) == parent && Int(record.nameLength) == name.count
      && bytes.holds(name, at: Int(record.nameOffset))
  }

  /// Puts every node into its slot; false where too many others are in the way of one.
  private mutating func fill() -> Bool {
    slots = [UInt32](repeating: 0, count: 2 << (Int.bitWidth - tree.nodeCount.leadingZeroBitCount))
    let file = tree.bytes
    let bytes = file.span
    nodes: for index in tree.nodeRecords.indices.dropFirst() {
      let range = tree.nameByteRange(ofNodeAt: index)
      let parent = Int(tree.nodeRecords[index].parent)
      var slot = place(of: range, in: bytes, below: parent)
      var probes = 0
      while slots[slot] != 0 {
        if isChild(Int(slots[slot]), of: parent, named: bytes.extracting(range), bytes) {
          continue nodes
        }
        probes += 1
        if probes > Self.mostProbes, !isCrowded { return false }
        slot = (slot + 1) & (slots.count - 1)
      }
      slots[slot] = UInt32(index)
    }
    return true
  }

  private func place(
    of range: Range<Int>, in bytes: borrowing Span<UInt8>, below parent: Int
  ) -> Int {
    let name = isCrowded ? bytes.unknownHash(of: range) : bytes.hash(of: range)
    let hash = (name ^ UInt64(parent)) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
  }
}
