public import DeviceTree

extension LibFDTReader {
  /// The first thing in which our reading of the same bytes differs, or nil.
  ///
  /// Compared are every node, property, value and byte offset, the reservations and the boot CPU.
  public func disagreement(with tree: FlattenedTree) -> String? {
    if tree.nodeCount != nodes.count {
      return "\(nodes.count) nodes for libfdt, \(tree.nodeCount) for us"
    }
    for (node, expected) in zip(tree.nodes, nodes) {
      let ours = Node(
        path: node.path, byteOffset: node.byteOffset,
        properties: node.properties.map {
          Property(name: $0.name, byteRange: $0.byteRange, bytes: Array($0.bytes))
        })
      if ours != expected { return "libfdt reads \(expected), we read \(ours)" }
    }
    let reservations = tree.memoryReservations.map {
      MemoryReservation(address: $0.address, size: $0.size)
    }
    if reservations != memoryReservations {
      return "libfdt reads reservations \(memoryReservations), we read \(reservations)"
    }
    if tree.header.bootCPU != bootCPU {
      return "libfdt reads boot CPU \(bootCPU), we read \(tree.header.bootCPU)"
    }
    return nil
  }
}
