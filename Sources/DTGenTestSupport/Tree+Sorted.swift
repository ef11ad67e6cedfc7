public import DeviceTree

extension Tree {
  /// The same tree with properties and children by name: what libfdt inserts it puts in front.
  public var sorted: Tree {
    Tree(root: root.sorted, memoryReservations: memoryReservations, bootCPU: bootCPU)
  }
}

extension Node {
  fileprivate var sorted: Node {
    Node(
      name, properties: properties.sorted { $0.name < $1.name },
      children: children.sorted { $0.name < $1.name }.map(\.sorted))
  }
}
