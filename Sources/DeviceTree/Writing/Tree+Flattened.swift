extension Tree {
  /// The bytes of the tree in version 17 of the flattened format, without slack at the end.
  ///
  /// The same tree gives the same bytes. Properties and children keep their order. Time is linear in
  /// the size of the tree.
  ///
  /// - Throws: ``DeviceTreeError`` with the path of the node: a name that dtc would refuse or that
  ///   is longer than 255 characters, two siblings or two properties of one name, nesting deeper
  ///   than 64 levels, a memory reservation of size zero, more than 2 GiB.
  ///
  /// **Source:** Devicetree Specification 0.4, chapter 5.
  public func flattened() throws(DeviceTreeError) -> [UInt8] {
    var writer = try SequentialWriter(WritingPlan(self))
    try writer.writeReservations(memoryReservations)
    var walk = TreeWalk(root)
    while let step = walk.next() {
      switch step {
      case .enter(let node):
        try writer.beginNode(node.name) { walk.path }
        for property in node.properties {
          try writer.writeProperty(property) { walk.path }
        }
      case .leave:
        try writer.endNode { walk.path }
      }
    }
    return try writer.finish(bootCPU: bootCPU)
  }
}
