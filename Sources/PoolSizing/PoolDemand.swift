/// What the devices of one pool take together.
public struct PoolDemand: Sendable, Hashable {
  /// The devices, in the order of the description.
  public var devices: [DeviceDemand]

  /// A demand of these devices.
  public init(_ devices: [DeviceDemand]) { self.devices = devices }

  /// What the devices take before the first request, in bytes.
  public var atRest: UInt64 { bytes(\.atRest) }

  /// The size below which some device can't start, or hangs with its first large request, in bytes.
  ///
  /// The largest need for progress counts once: devices wait for each other, and none for ever.
  public var floor: UInt64 {
    atRest + (devices.map(\.progress).max() ?? 0) * Bounce.slot
  }

  /// What the devices take while all of them work, in bytes.
  public var sum: UInt64 { bytes { $0.atRest + $0.working } }

  /// What is added for the gaps between blocks, in bytes: a quarter of ``sum``.
  ///
  /// A ring of 2ⁿ descriptors has about 26 bytes for each and lies on a multiple of 32 for each; no
  /// mapping crosses a segment.
  ///
  /// **Source:** Linux 6.12 `kernel/dma/swiotlb.c`, `swiotlb_alloc` and `swiotlb_search_pool_area`.
  public var gaps: UInt64 { Bounce.slots(sum / 4) * Bounce.slot }

  /// The size at which the devices work side by side, in bytes: ``sum`` and ``gaps`` up to the next
  /// multiple of 2 MiB, and at least one.
  public var recommended: UInt64 { max(Bounce.up(sum + gaps, to: Bounce.unit), Bounce.unit) }

  private func bytes(_ slots: (DeviceDemand) -> UInt64) -> UInt64 {
    devices.reduce(0) { min($0 + slots($1), 8 * DeviceDemand.most) } * Bounce.slot
  }
}

extension PoolDemand {
  /// What a count of the guest's kernel suggests, in bytes: a quarter more than the most slots that were in use,
  /// up to the next multiple of 2 MiB.
  ///
  /// **Source:** Linux 6.12 `kernel/dma/swiotlb.c`, `io_tlb_used_hiwater`.
  public static func recommended(highWater slots: UInt64) -> UInt64 {
    let slots = min(slots, DeviceDemand.most)
    return max(Bounce.up((slots + slots / 4) * Bounce.slot, to: Bounce.unit), Bounce.unit)
  }
}
