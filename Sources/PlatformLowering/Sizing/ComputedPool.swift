public import PlatformDescription
public import PoolSizing

/// A restricted pool whose size or place was computed, and how.
public struct ComputedPool: Sendable, Hashable {
  /// Something that uses the pool.
  public struct User: Sendable, Hashable {
    /// The path of its node; of its host's for a PCI function that has none.
    public var path: String
    /// Where it is on PCI; nil on another transport, and for what has only a node.
    public var pciAddress: PCIAddress?
    /// The virtio device ID; nil for what is no virtio device.
    public var deviceID: Int?
    /// What it takes.
    public var demand: DeviceDemand
  }

  /// How a size was computed.
  public struct Sizing: Sendable, Hashable {
    /// The guest's pages.
    public var guestPageSize: ByteCount
    /// The size that the VMM offers for every queue on virtio-mmio, whatever a device asks for; 0 where
    /// it offers what a device asks for.
    public var leastQueueSize: Int
    /// What uses the pool, in the order of the description.
    public var users: [User]

    /// What they take together.
    public var demand: PoolDemand { PoolDemand(users.map(\.demand)) }
  }

  /// Why an address is what it is.
  public struct Place: Sendable, Hashable {
    /// The memory that it lies in, neighbours joined.
    public var memory: AddressRange
    /// What lies right above: a name, or nil for the end of what is looked at.
    public var below: String?
    /// Whether what is looked at ends at 4 GiB, and not with the memory, of which 4 MiB stay free.
    public var endsAt4GiB: Bool
  }

  /// The name of the pool.
  public var name: String
  /// The path of its node.
  public var path: String
  /// Where it lies.
  public var range: AddressRange
  /// How its size was computed; nil where it is stated.
  public var sizing: Sizing?
  /// Why it lies there; nil where the address is stated.
  public var place: Place?
}
