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

  /// By value, and of equal values in document order; a node that says the same twice is there once.
  public let entries: [Entry]

  init(_ tree: FlattenedTree) {
    var entries: [Entry] = []
    for node in tree.nodes {
      let property = node.property("phandle")
      let legacy = node.property("linux,phandle")
      if let property, let value = property.cell(0) {
        entries.append(Entry(phandle: value, property: property))
      }
      if let legacy, let value = legacy.cell(0), value != property?.cell(0) {
        entries.append(Entry(phandle: value, property: legacy))
      }
    }
    entries.sort { ($0.phandle, $0.property.index) < ($1.phandle, $1.property.index) }
    self.entries = entries
  }

  /// The node with this phandle, the first one where several say so; nil for 0 and 0xffffffff.
  ///
  /// **Source:** Linux `drivers/of/base.c`, `of_find_node_by_phandle`.
  public func node(for phandle: UInt32) -> FlattenedTree.Node? {
    guard phandle != 0, phandle != .max else { return nil }
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].phandle < phandle { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].phandle == phandle else { return nil }
    return entries[low].property.node
  }
}
