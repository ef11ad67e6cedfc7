/// A device tree to be written: pleasant to build, to change and to compare.
///
/// What is read from a file is a ``FlattenedTree``; this type is what the lowering makes.
public struct Tree: Sendable, Hashable {
  /// The root node; its name is empty.
  public var root: Node
  /// Entries of the memory reservation block.
  public var memoryReservations: [MemoryReservation]
  /// The physical id of the CPU that boots.
  public var bootCPU: UInt32

  /// A tree with this root.
  public init(
    root: Node = Node(""), memoryReservations: [MemoryReservation] = [], bootCPU: UInt32 = 0
  ) {
    self.root = root
    self.memoryReservations = memoryReservations
    self.bootCPU = bootCPU
  }
}
