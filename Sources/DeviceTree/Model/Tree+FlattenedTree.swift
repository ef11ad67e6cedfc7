extension Tree {
  /// The tree that `flattened` holds, to be changed and written again.
  ///
  /// Order is kept. Where a name is not valid UTF-8, its bad bytes become U+FFFD; such a tree can be
  /// compared, not written.
  public init(_ flattened: FlattenedTree) {
    self.init(
      root: Node(flattened.root),
      memoryReservations: flattened.memoryReservations.map {
        MemoryReservation(address: $0.address, size: $0.size)
      },
      bootCPU: flattened.header.bootCPU)
  }
}

extension Node {
  /// The node that `flattened` is, with everything below it.
  public init(_ flattened: FlattenedTree.Node) {
    self.init(properties: flattened)
    // The nodes that are still waiting for children, outermost first, and where their subtrees end.
    var open = [(node: self, end: Int(flattened.record.subtreeEnd))]
    func closeNodes(before index: Int) {
      while open.count > 1, open[open.count - 1].end <= index {
        let closed = open.removeLast().node
        open[open.count - 1].node.children.append(closed)
      }
    }
    for descendant in flattened.descendants {
      closeNodes(before: descendant.index)
      open.append((Node(properties: descendant), Int(descendant.record.subtreeEnd)))
    }
    closeNodes(before: Int(flattened.record.subtreeEnd))
    self = open[0].node
  }

  private init(properties flattened: FlattenedTree.Node) {
    self.init(
      flattened.name,
      properties: flattened.properties.map {
        Property($0.name, PropertyValue(bytes: Array($0.bytes)))
      })
  }
}
