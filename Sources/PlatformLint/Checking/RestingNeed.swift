import GuestView

/// What a virtio device takes out of its pool for good, before it does anything.
///
/// **Source:** Linux `include/uapi/linux/virtio_ring.h`, `vring_size`;
/// `drivers/virtio/virtio_ring.c`, `vring_alloc_queue_split`; boots in which the slots that were
/// used were counted, which agree to the slot.
enum RestingNeed {
  /// The slots of 2 KiB that `device` takes at the least; nil where its queues aren't known.
  static func slots(of device: DMADevice) -> UInt64? {
    guard let features = device.features, !features.queueSizes.isEmpty,
      features.queueSizes.allSatisfy({ (1...32768).contains($0) })
    else { return nil }
    let alignment = device.kind == .virtioMMIO ? RestrictedPool.pageSize : 64
    let rings = features.queueSizes.reduce(UInt64(0)) {
      $0 + slots(ofRing: UInt64($1), alignment: alignment)
    }
    return rings + buffers(features)
  }

  /// A split ring, in whole pages.
  private static func slots(ofRing size: UInt64, alignment: UInt64) -> UInt64 {
    let table = up(16 * size + 2 * (size + 3), to: alignment)
    return up(table + 6 + 8 * size, to: RestrictedPool.pageSize) / RestrictedPool.slotSize
  }

  /// The buffers that lie in the rings all the time, for the device to fill.
  ///
  /// **Source:** Linux `drivers/net/virtio_net.c`, `try_fill_recv`;
  /// `drivers/char/virtio_console.c`, `fill_queue`; `drivers/virtio/virtio_input.c`,
  /// `virtinput_fill_evt`; `net/vmw_vsock/virtio_transport.c`, `virtio_vsock_rx_fill`.
  private static func buffers(_ features: DeviceFeatures.Device) -> UInt64 {
    func size(_ queue: Int) -> UInt64 {
      features.queueSizes.indices.contains(queue) ? UInt64(features.queueSizes[queue]) : 0
    }
    switch features.type {
    case 1:
      // One buffer for each descriptor of every receiving queue; a queue for control stands last.
      let pairs = features.queueSizes.count / 2
      return (0..<pairs).reduce(UInt64(0)) { $0 + size(2 * $1) }
    case 3:
      // A page for each: of the first port, and of the control queue where there are more.
      let isMultiport = features.featureBits.contains(1)
      return 2 * (size(0) + (isMultiport ? size(2) : 0))
    case 18: return min(64, size(0))
    case 19: return 2 * size(0)
    default: return 0
    }
  }

  private static func up(_ value: UInt64, to alignment: UInt64) -> UInt64 {
    (value + alignment - 1) / alignment * alignment
  }
}
