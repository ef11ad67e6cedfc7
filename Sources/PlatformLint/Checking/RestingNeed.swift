import GuestView
import PoolSizing

/// What a virtio device takes out of its pool for good, before it does anything.
enum RestingNeed {
  /// The slots of 2 KiB that `device` takes at the least; nil where its queues aren't known.
  static func slots(of device: DMADevice) -> UInt64? {
    guard let features = device.features, !features.queueSizes.isEmpty,
      features.queueSizes.allSatisfy({ (1...32768).contains($0) })
    else { return nil }
    return VirtioUse(
      deviceID: Int(clamping: features.type), queueSizes: features.queueSizes,
      featureBits: features.featureBits,
      transport: device.kind == .virtioMMIO ? .mmio : .pci
    ).demand(guestPageSize: RestrictedPool.pageSize).atRest
  }
}
