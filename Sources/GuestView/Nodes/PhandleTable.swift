public import DeviceTree

/// The phandles of a tree, and the nodes that have them.
public struct PhandleTable: Sendable {
  /// One node that says it has a phandle.
  public struct Entry: Sendable {
    /// The value.
    public let phandle: UInt32
    /// The property that says so: `phandle` or `linux,phandle`.
    public let property: FlattenedTree.Property
  }

  /// Entries in an order.
  public struct Entries: RandomAccessCollection, Sendable {
    fileprivate let tree: FlattenedTree
    fileprivate let keys: [UInt64]

    /// The position of the first entry.
    public var startIndex: Int { 0 }
    /// One past the position of the last entry.
    public var endIndex: Int { keys.count }
    /// The entry at `position`.
    public subscript(position: Int) -> Entry {
      let key = keys[position]
      return Entry(
        phandle: UInt32(key >> 32),
        property: tree.properties[Int(UInt32(truncatingIfNeeded: key))])
    }
  }

  /// By value, and of equal values in document order; a node that says the same twice is there once.
  public var entries: Entries { Entries(tree: tree, keys: keys) }

  private let tree: FlattenedTree
  /// Phandles, and below them the positions of the properties, in ascending order.
  private let keys: [UInt64]
  /// The node of each phandle that is small, as most are; -1 where there is none.
  private let nodes: [Int32]

  init(_ tree: FlattenedTree, _ index: PropertyIndex) {
    var keys: [UInt64] = []
    let properties = index.properties(named: "phandle")
    for property in properties {
      if let value = property.cell(0) { keys.append(Self.key(value, property)) }
    }
    for legacy in index.properties(named: "linux,phandle") {
      guard let value = legacy.cell(0),
        value != properties.property(of: legacy.node)?.cell(0)
      else { continue }
      keys.append(Self.key(value, legacy))
    }
    keys.sort()
    // Writers count from 1, with gaps where something was taken out.
    var nodes = [Int32](repeating: -1, count: 4 * keys.count + 64)
    for key in keys.reversed() where key >> 32 < nodes.count {
      let property = Int(UInt32(truncatingIfNeeded: key))
      nodes[Int(key >> 32)] = Int32(tree.node(ofPropertyAt: property))
    }
    self.tree = tree
    self.keys = keys
    self.nodes = nodes
  }

  /// The node with this phandle, the first one where several say so; nil for 0 and 0xffffffff.
  ///
  /// **Source:** Linux `drivers/of/base.c`, `of_find_node_by_phandle`.
  public func node(for phandle: UInt32) -> FlattenedTree.Node? {
    position(for: phandle).map { tree.nodes[$0] }
  }

  /// The position of that node.
  public func position(for phandle: UInt32) -> Int? {
    guard phandle != 0, phandle != .max else { return nil }
    if phandle < nodes.count {
      let node = Int(nodes[Int(phandle)])
      return node < 0 ? nil : node
    }
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] >> 32 < phandle { low = middle + 1 } else { high = middle }
    }
    guard low < keys.count, keys[low] >> 32 == phandle else { return nil }
    return tree.node(ofPropertyAt: Int(UInt32(truncatingIfNeeded: keys[low])))
  }

  private static func key(_ phandle: UInt32, _ property: FlattenedTree.Property) -> UInt64 {
    UInt64(phandle) << 32 | UInt64(property.index)
  }
}
