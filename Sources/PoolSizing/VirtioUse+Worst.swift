extension VirtioUse {
  /// What it takes with every descriptor in use and every buffer as large as its driver makes them, in
  /// slots: with more, nothing of it ever waits for room.
  ///
  /// - Parameters:
  ///   - guestPageSize: The page of the guest in bytes: 4, 16 or 64 KiB.
  ///   - leastQueueSize: A size that the VMM offers for every queue, whatever the device asks for.
  /// - Returns: At least ``DeviceDemand/atRest`` and ``DeviceDemand/working`` together.
  ///
  /// **Source:** Linux 6.12 `drivers/block/virtio_blk.c`, `init_vq` (a request for each descriptor, with
  /// indirect ones); `include/linux/skbuff.h`, `MAX_SKB_FRAGS` and `GSO_LEGACY_MAX_SIZE` (64 KiB a packet);
  /// `include/linux/virtio_vsock.h`, `VIRTIO_VSOCK_MAX_PKT_BUF_SIZE`.
  public func worst(guestPageSize: UInt64 = 4 << 10, leastQueueSize: Int = 0) -> UInt64 {
    let demand = demand(guestPageSize: guestPageSize, leastQueueSize: leastQueueSize)
    let usual = demand.atRest + demand.working
    return min(
      max(
        usual, demand.rings + buffers(sizes(least: leastQueueSize), page: Self.page(guestPageSize))),
      DeviceDemand.most)
  }

  /// All buffers that the queues can hold, in slots.
  private func buffers(_ sizes: [UInt64], page: UInt64) -> UInt64 {
    func all(from first: Int, step: Int = 1) -> UInt64 {
      stride(from: first, to: sizes.count, by: step).reduce(0) { $0 + sizes[$1] }
    }
    // A header or a status takes a slot as well.
    let packet = Bounce.slots(64 << 10) + 1
    let request = Bounce.slots(buffers.largestRequest ?? Self.largestBlockRequest) + 2
    let pageSlots = Bounce.slots(page)
    switch deviceID {
    case 1:
      let pairs = sizes.count / 2
      let received = max(pageSlots, Bounce.slots(buffers.receiveBuffer ?? 1536))
      return (0..<pairs).reduce(2) { $0 + sizes[2 * $1] * received + sizes[2 * $1 + 1] * packet }
    case 2: return all(from: 0) * request
    case 3: return all(from: 0) * pageSlots
    case 8: return all(from: 2) * request + all(from: 1, step: max(sizes.count, 1))
    case 9: return all(from: 0) * (Bounce.slots(buffers.largestRequest ?? 128 << 10) + 4)
    case 19:
      let received = Bounce.slots(buffers.receiveBuffer ?? 3776)
      return (sizes.first ?? 0) * received + (sizes.count > 1 ? sizes[1] * packet : 0) + 8
    case 26: return all(from: 0) * (256 * pageSlots + 4)
    default: return 0
    }
  }
}
