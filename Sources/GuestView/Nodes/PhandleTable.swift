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
    /// The properties that say so.
    fileprivate let properties: [Int32]

    /// The position of the first entry.
    public var startIndex: Int { 0 }
    /// One past the position of the last entry.
    public var endIndex: Int { properties.count }
    /// The entry at `position`.
    public subscript(position: Int) -> Entry {
      Entry(phandle: phandle(at: position), property: tree.properties[Int(properties[position])])
    }

    /// The phandle of the entry at `position`.
    public func phandle(at position: Int) -> UInt32 {
      tree.cell(0, ofPropertyAt: Int(properties[position])) ?? 0
    }
  }

  /// By value, and of equal values in document order; a node that says the same twice is there once.
  public var entries: Entries { Entries(tree: tree, properties: properties) }

  private let tree: FlattenedTree
  /// The properties, by phandle and then in document order.
  private let properties: [Int32]
  /// Where the properties with each phandle start that is small, as most are, and where the last of
  /// these end.
  private let starts: [Int32]

  init(_ tree: FlattenedTree, _ index: PropertyIndex) {
    var candidates: [Int32] = []
    let usual = index.properties(named: "phandle")
    for property in usual where property.count >= 4 { candidates.append(Int32(property.index)) }
    let others = index.properties(named: "linux,phandle")
    for property in others where property.count >= 4 {
      let node = tree.node(ofPropertyAt: property.index)
      let first = usual.position(ofNodeAt: node).flatMap { tree.cell(0, ofPropertyAt: $0) }
      if property.cell(0) != first { candidates.append(Int32(property.index)) }
    }
    if !others.isEmpty { candidates.sort() }
    // Writers count from 1, with gaps where something was taken out.
    var sizes = [Int32](repeating: 0, count: 4 * candidates.count + 64)
    var small: [Int32] = []
    var large: [(phandle: UInt32, candidate: Int32)] = []
    for candidate in candidates {
      let phandle = tree.cell(0, ofPropertyAt: Int(candidate)) ?? 0
      if phandle < sizes.count {
        sizes[Int(phandle)] += 1
        small.append(Int32(phandle))
      } else {
        small.append(-1)
        large.append((phandle, candidate))
      }
    }
    let (starts, order) = Grouping.order(small, sizes: sizes)
    large.sort { ($0.phandle, $0.candidate) < ($1.phandle, $1.candidate) }
    self.tree = tree
    self.starts = starts
    properties = order.map { candidates[Int($0)] } + large.map(\.candidate)
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
    if Int(phandle) + 1 < starts.count {
      let first = starts[Int(phandle)]
      guard first < starts[Int(phandle) + 1] else { return nil }
      return tree.node(ofPropertyAt: Int(properties[Int(first)]))
    }
    var low = Int(starts.last ?? 0)
    var high = properties.count
    while low < high {
      let middle = (low + high) / 2
      if self.phandle(at: middle) < phandle { low = middle + 1 } else { high = middle }
    }
    guard low < properties.count, self.phandle(at: low) == phandle else { return nil }
    return tree.node(ofPropertyAt: Int(properties[low]))
  }

  private func phandle(at position: Int) -> UInt32 {
    tree.cell(0, ofPropertyAt: Int(properties[position])) ?? 0
  }
}
