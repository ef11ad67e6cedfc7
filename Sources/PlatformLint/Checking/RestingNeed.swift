import GuestView
import PoolSizing

/// What a virtio device takes out of its pool for good, before it does anything.
enum RestingNeed {
  /// The slots of 2 KiB that `device` takes at the least; nil where its queues aren't known.
  static func slots(of device: DMADevice) -> UInt64? {
    device.use?.demand(guestPageSize: RestrictedPool.pageSize).atRest
  }
}
