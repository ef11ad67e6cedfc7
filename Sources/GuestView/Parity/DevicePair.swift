public import DeviceTree

/// A device that a tree and tables both describe.
public struct DevicePair: Sendable {
  /// What it is.
  public let role: DeviceRole
  /// What the tree says.
  public let node: NodeWithWindow
  /// What the tables say.
  public let device: DeviceWithWindow
}

/// A device of a tree, with the first addresses that it has.
public struct NodeWithWindow: Sendable {
  /// Its node.
  public let node: FlattenedTree.Node
  /// What it is.
  public let role: DeviceRole
  /// `reg`.
  public let property: FlattenedTree.Property
  /// The cells of the first entry.
  public let cells: Range<Int>
  /// The addresses, as the guest maps them.
  public let range: AddressRange
}

/// A device of tables, with the first addresses that it has.
public struct DeviceWithWindow: Sendable {
  /// The device.
  public let device: TableDevice
  /// What it is.
  public let role: DeviceRole
  /// The descriptor.
  public let window: TableWindow
  /// The addresses, as the guest maps them.
  public let range: AddressRange
}
