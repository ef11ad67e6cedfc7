/// A base with overlays laid over it, and where each part of it comes from.
public struct OverlaidTree: Sendable {
  /// The whole, written and read back: what the guest gets.
  public let tree: FlattenedTree
  /// The base, and the overlays in the order in which they were laid over it.
  public let sources: [FlattenedTree]
  private let nodeOrigins: [TreeArena.Origin?]
  private let propertyOrigins: [TreeArena.Origin?]

  init(
    _ arena: TreeArena, sources: [FlattenedTree], limits: Limits
  ) throws(DeviceTreeError) {
    self.sources = sources
    let base = sources[0]
    let whole = Tree(
      root: arena.root, memoryReservations: base.memoryReservations,
      bootCPU: base.header.bootCPU)
    tree = try FlattenedTree(whole.flattened(), limits: limits)
    let order = arena.documentOrder
    nodeOrigins = order.map { arena.entries[$0].origin }
    propertyOrigins = order.flatMap { arena.entries[$0].slots.map(\.origin) }
  }

  /// The node of ``tree`` as its source has it: the number of the source, and the node there.
  ///
  /// A node that an overlay changes is still the base's.
  public func origin(of node: FlattenedTree.Node) -> (source: Int, node: FlattenedTree.Node)? {
    guard node.tree === tree, let origin = nodeOrigins[node.index] else { return nil }
    return (
      origin.source, FlattenedTree.Node(tree: sources[origin.source], index: origin.index)
    )
  }

  /// The property of ``tree`` as its source has it: phandles may have other numbers there.
  public func origin(
    of property: FlattenedTree.Property
  ) -> (source: Int, property: FlattenedTree.Property)? {
    guard property.tree === tree, let origin = propertyOrigins[property.index] else { return nil }
    return (
      origin.source, FlattenedTree.Property(tree: sources[origin.source], index: origin.index)
    )
  }
}
