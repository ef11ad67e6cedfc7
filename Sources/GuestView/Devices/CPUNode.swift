public import DeviceTree

/// One CPU of `/cpus`.
///
/// **Source:** Linux `drivers/of/cpu.c`, `of_get_next_cpu_node`, `of_get_cpu_hwid`.
public struct CPUNode: Sendable {
  /// The node.
  public let node: FlattenedTree.Node
  /// `reg`; nil where there is none.
  public let property: FlattenedTree.Property?
  /// What the CPU calls itself: the MPIDR of an arm64 one, the hart ID of a RISC-V one; nil where it
  /// can't be read.
  public let hardwareID: UInt64?

  init(_ node: FlattenedTree.Node, addressCells: Int) {
    self.node = node
    property = node.property("reg")
    hardwareID =
      (1...4).contains(addressCells) ? property?.number(at: 0, cells: addressCells) : nil
  }
}

extension GuestView {
  /// The enabled CPUs in document order.
  public var cpus: [CPUNode] {
    guard let cpus = tree.root.child("cpus") else { return [] }
    let addressCells = cells(of: cpus).address
    return cpus.children.compactMap { node in
      guard isEnabled(node),
        node.hasBaseName("cpu") || node.property("device_type")?.isString("cpu") ?? false
      else { return nil }
      return CPUNode(node, addressCells: addressCells)
    }
  }
}
