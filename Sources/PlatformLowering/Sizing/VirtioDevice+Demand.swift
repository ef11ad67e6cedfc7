public import PlatformDescription

extension VirtioDevice {
  /// What the device takes of a restricted pool.
  ///
  /// - Parameters:
  ///   - device: What names it in the result.
  ///   - transport: How its driver reaches it.
  ///   - features: The feature bits that it offers.
  ///   - guestPageSize: The page of the guest, 4, 16 or 64 KiB.
  ///   - leastQueueSize: A size that the VMM offers for every queue, whatever the device asks for.
  /// - Returns: The demand, in slots.
  ///
  /// **Source:** Linux 6.12, the drivers named beside each case; the figures for block, entropy, input,
  /// console, network and GPU were measured on a booted guest.
  public func demand(
    of device: String, transport: VirtioTransport, features: [VirtioFeature] = [],
    guestPageSize: ByteCount = .kib(4), leastQueueSize: Int = 0
  ) -> DeviceDemand {
    let page = guestPageSize.bytes
    // What no queue can have is a finding elsewhere; here it must only stay a number.
    let sizes = queues.map { UInt64(min(max($0.size, leastQueueSize, 1), 32768)) }
    let isPacked = features.contains(.ringPacked)
    let rings = sizes.reduce(0) {
      $0
        + VirtioRing(
          size: Int(clamping: $1), isPacked: isPacked, transport: transport,
          guestPageSize: guestPageSize
        ).slots
    }
    let load = load(sizes, page: page)
    return DeviceDemand(
      device: device, type: typeName, rings: rings, resting: load.resting,
      working: max(load.working, load.progress), progress: load.progress)
  }

  private struct Load {
    var resting: UInt64 = 0
    var working: UInt64 = 0
    var progress: UInt64 = 0
  }

  /// The largest request of a block driver, 1280 KiB, in segments of 256 KiB, and one more that
  /// headers and rings spoil.
  ///
  /// **Source:** Linux 6.12 `include/linux/blkdev.h`, `BLK_DEF_MAX_SECTORS_CAP`; measured: 1.25 MiB
  /// hang, 1.5 MiB don't.
  private static let blockRequest = 6 * Bounce.segmentSlots

  private func load(_ sizes: [UInt64], page: UInt64) -> Load {
    let pageSlots = Bounce.slots(page)
    func size(_ index: Int) -> UInt64 { index < sizes.count ? sizes[index] : 0 }
    switch deviceID {
    case 1:
      // drivers/net/virtio_net.c, try_fill_recv: buffers of 1536 bytes that grow to a page.
      let pairs = sizes.count / 2
      let receive = (0..<pairs).reduce(UInt64(0)) { $0 + size(2 * $1) }
      let transmit = (0..<pairs).reduce(UInt64(0)) { $0 + size(2 * $1 + 1) }
      return Load(resting: receive, working: receive + transmit / 4 + 64, progress: 64)
    case 2:
      return Load(working: Self.blockRequest, progress: Self.blockRequest)
    case 3:
      // drivers/char/virtio_console.c, fill_queue: every receive queue is filled with pages.
      let receive = (0..<sizes.count / 2).reduce(UInt64(0)) { $0 + size(2 * $1) }
      return Load(resting: receive * pageSlots, working: 16 * pageSlots, progress: pageSlots)
    case 4:
      return Load(working: 1, progress: 1)
    case 8:
      // drivers/scsi/virtio_scsi.c, VIRTIO_SCSI_EVENT_LEN.
      return Load(resting: 8, working: Self.blockRequest, progress: Self.blockRequest)
    case 16:
      // drivers/gpu/drm/virtio: every byte of a framebuffer is mapped for as long as it lives.
      return Load(resting: Bounce.slots(1280 * 800 * 4), working: 128, progress: 16)
    case 18:
      // drivers/virtio/virtio_input.c, virtinput_fill_evt.
      return Load(resting: min(size(0), 64))
    case 19:
      // net/vmw_vsock/virtio_transport.c, virtio_vsock_rx_fill: buffers of 3776 bytes.
      return Load(resting: 2 * size(0) + 8, working: size(1) / 2, progress: 4)
    case 23:
      return Load(resting: size(1), working: 16, progress: 2)
    case 25:
      // sound/virtio: events at rest; a stream's buffer is mapped while it plays.
      return Load(resting: size(1), working: 2 * Bounce.segmentSlots, progress: 16)
    case 26:
      // fs/fuse/virtio_fs.c: a request has up to 256 pages, and no more than fit into the queue.
      let request = min(256, max(size(1), 5) - 4) * pageSlots + 4
      return Load(working: 4 * request, progress: request)
    default:
      return Load(working: Bounce.segmentSlots, progress: 2)
    }
  }
}
