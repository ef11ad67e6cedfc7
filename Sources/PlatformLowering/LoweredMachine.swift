public import DeviceTree
public import PlatformDescription

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
  /// What others may call its nodes: ``labels``, and the names of regions that can be labels.
  public var symbols: [(label: String, path: String)]
  /// The paths of the nodes whose phandle the description states, because something relies on it.
  public var statedPhandles: Set<String>
  /// The properties that nobody stated, and that a tree has in case nobody does.
  public var defaults: Set<TreeMerge.Default>
  /// The properties that the description says are not there; a base's give way.
  public var omissions: Set<TreeMerge.Default> = []
  /// The boot CPU that the description states; nil where it doesn't.
  public var bootCPU: UInt32?
  /// Where the machine was written.
  public var location: SourceLocation?
  /// Where its memory reservations were written, in their order.
  public var reservationLocations: [SourceLocation?] = []
  /// Where the machine's slots for virtio-mmio are, whether or not a device is in them.
  public var slots: Set<GuestAddress>
  /// What it has shared memory for, in the order of the description.
  public var roles: [LoweredRole] = []
  /// What follows from what keeps its memory from the host; nil where nothing does.
  public var confidentiality: LoweredConfidentiality?
  /// The restricted pools whose size or place was computed, in the order of the description.
  public var pools: [ComputedPool] = []
  /// The domains of the hypervisor's IOMMUs that its tree has, in the order of the description.
  public var domains: [LoweredDomain] = []
}
