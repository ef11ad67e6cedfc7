public import DeviceTree

/// One virtual machine, laid out.
public struct LoweredMachine: Sendable {
  /// Its name.
  public var name: String
  /// Its device tree.
  public var tree: Tree
  /// Which line of the description each node comes from.
  public var origins: Origins
  /// What a device tree can't say about its virtio devices.
  public var devices: [LoweredDevice]
  /// Every place that names another node, in the order of the tree.
  public var references: [LoweredReference]
  /// The paths of the labelled nodes, in the order of the tree.
  public var labels: [(label: String, path: String)]
}
