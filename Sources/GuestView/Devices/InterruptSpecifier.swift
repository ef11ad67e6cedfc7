public import DeviceTree

/// One interrupt of a node, as the guest resolves it.
public struct InterruptSpecifier: Sendable {
  /// `interrupts` or `interrupts-extended`.
  public let property: FlattenedTree.Property
  /// Its position in the property, in specifiers from 0.
  public let index: Int
  /// The cells of the specifier, without the controller's phandle.
  public let cells: Range<Int>
  /// The controller that it goes to.
  public let controller: FlattenedTree.Node
  /// What it means to a GIC; nil for other controllers.
  public let gic: GICInterrupt?
}
