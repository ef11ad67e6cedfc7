import PlatformDescription
import PlatformLowering
import PoolSizing

extension BuildReport {
  /// A pool whose size or place was computed; all sizes in bytes.
  struct Pool: Encodable {
    /// Something that uses the pool.
    struct User: Encodable {
      /// The path of its node; of its host's for a PCI function that has none.
      var node: String
      /// The address of a PCI function, `0000:00:01.0`.
      var pciAddress: String?
      var deviceID: Int?
      var rings: UInt64
      var resting: UInt64
      var working: UInt64
    }

    /// How a size was computed.
    struct Sizing: Encodable {
      var guestPageSize: UInt64
      /// The size that every queue on virtio-mmio has at least.
      var leastQueueSize: Int
      var users: [User]
      var sum: UInt64
      /// What is added for gaps, and then for the next multiple of 2 MiB.
      var gaps: UInt64
      var rounding: UInt64
    }

    /// The path of its node.
    var node: String
    var firstAddress: UInt64
    var size: UInt64
    /// Absent where the size is stated.
    var sizing: Sizing?
    /// What lies right above; absent where the address is stated.
    var placedBelow: String?

    init(_ pool: ComputedPool) {
      node = pool.path
      firstAddress = pool.range.at.value
      size = pool.range.size.bytes
      placedBelow = pool.place?.ceiling
      guard let sizing = pool.sizing else { return }
      let demand = sizing.demand
      self.sizing = Sizing(
        guestPageSize: sizing.guestPageSize.bytes, leastQueueSize: sizing.leastQueueSize,
        users: sizing.users.map { user in
          User(
            node: user.path, pciAddress: user.pciAddress?.description, deviceID: user.deviceID,
            rings: user.demand.rings * Bounce.slot, resting: user.demand.resting * Bounce.slot,
            working: user.demand.working * Bounce.slot)
        },
        sum: demand.sum, gaps: demand.gaps,
        rounding: size - min(demand.sum + demand.gaps, size))
    }
  }
}
