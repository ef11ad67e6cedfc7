/// The buffers of a device, in slots of 2 KiB, without its queues.
struct VirtioLoad {
  /// What lies in the queues while nothing happens.
  var resting: UInt64 = 0
  /// What comes to that at a usual load.
  var working: UInt64 = 0
  /// What it takes to get on at all.
  var progress: UInt64 = 0
}

extension VirtioUse {
  /// VIRTIO_CONSOLE_F_MULTIPORT, VIRTIO_SCSI_F_HOTPLUG.
  private static let multiport = 1
  private static let hotplug = 1

  /// Linux's largest request of a disk, in bytes.
  ///
  /// **Source:** Linux 6.12 `include/linux/blkdev.h`, `BLK_DEF_MAX_SECTORS_CAP`.
  static let largestBlockRequest: UInt64 = 1280 << 10

  /// What the driver of this type maps.
  ///
  /// - Parameters:
  ///   - sizes: The sizes of the queues, 1 to 32,768.
  ///   - page: The page of the guest, in bytes.
  /// - Returns: The load, in slots.
  func load(_ sizes: [UInt64], page: UInt64) -> VirtioLoad {
    let pageSlots = Bounce.slots(page)
    func size(_ index: Int) -> UInt64 { index < sizes.count ? sizes[index] : 0 }
    switch deviceID {
    case 1: return network(sizes, pageSlots)
    case 2: return VirtioLoad(working: blockRequest, progress: blockRequest)
    case 3: return console(sizes, pageSlots)
    case 4: return VirtioLoad(working: 1, progress: 1)
    case 8:
      // drivers/scsi/virtio_scsi.c, VIRTIO_SCSI_EVENT_LEN.
      let events: UInt64 = 8
      return VirtioLoad(
        resting: featureBits.contains(Self.hotplug) ? events : 0, working: blockRequest + events,
        progress: blockRequest)
    case 9:
      // net/9p/client.c, DEFAULT_MSIZE; each message has a header of its own.
      let message = Bounce.slots(buffers.largestRequest ?? 128 << 10) + 4
      return VirtioLoad(working: 4 * message, progress: message)
    case 16:
      // drivers/gpu/drm/virtio: every byte of a framebuffer is mapped for as long as it lives.
      return VirtioLoad(resting: Bounce.slots(buffers.kept), working: 128, progress: 16)
    case 18:
      // drivers/virtio/virtio_input.c, virtinput_fill_evt.
      return VirtioLoad(resting: min(size(0), 64))
    case 19:
      // net/vmw_vsock/virtio_transport.c, virtio_vsock_rx_fill, and event_list of 8 events.
      let buffer = Bounce.slots(buffers.receiveBuffer ?? 3776)
      return VirtioLoad(resting: buffer * size(0) + 8, working: size(1) / 2, progress: 4)
    case 23:
      // drivers/iommu/virtio-iommu.c, viommu_fill_evtq.
      return VirtioLoad(resting: size(1), working: 16, progress: 2)
    case 25:
      // sound/virtio/virtio_card.c fills the queue of events; virtio_pcm.c maps a stream's buffer.
      return VirtioLoad(
        resting: size(1), working: max(Bounce.slots(buffers.streaming), 2 * Bounce.segmentSlots),
        progress: 16)
    case 26:
      // fs/fuse/virtio_fs.c: a request has up to 256 pages, and no more than fit into the queue.
      let pages = min(256, max(size(1), 5) - 4) * pageSlots
      let request = min(pages, Bounce.slots(buffers.largestRequest ?? .max)) + 4
      return VirtioLoad(working: 4 * request, progress: request)
    default: return VirtioLoad(working: Bounce.segmentSlots, progress: 2)
    }
  }

  /// The largest request of a block driver in whole segments, and one more that headers and rings
  /// spoil.
  ///
  /// Measured: with requests of 1280 KiB 1.25 MiB hang, 1.5 MiB don't.
  private var blockRequest: UInt64 {
    let bytes = buffers.largestRequest ?? Self.largestBlockRequest
    return (Bounce.up(bytes, to: Bounce.segment) / Bounce.segment + 1) * Bounce.segmentSlots
  }

  /// **Source:** Linux 6.12 `drivers/net/virtio_net.c`, `try_fill_recv`, and
  /// `get_mergeable_buf_len`: buffers of 1536 bytes that grow to a page with the traffic.
  private func network(_ sizes: [UInt64], _ pageSlots: UInt64) -> VirtioLoad {
    let pairs = sizes.count / 2
    let receive = (0..<pairs).reduce(UInt64(0)) { $0 + sizes[2 * $1] }
    let transmit = (0..<pairs).reduce(UInt64(0)) { $0 + sizes[2 * $1 + 1] }
    let buffer = max(Bounce.slots(buffers.receiveBuffer ?? 1536), 1)
    let growth = max(pageSlots, buffer) - buffer
    return VirtioLoad(
      resting: receive * buffer, working: receive * growth + transmit / 4 + 64, progress: 64)
  }

  /// **Source:** Linux 6.12 `drivers/char/virtio_console.c`, `fill_queue`: the receive queue of each
  /// port that is there, and that for control, is filled with pages.
  private func console(_ sizes: [UInt64], _ pageSlots: UInt64) -> VirtioLoad {
    func size(_ index: Int) -> UInt64 { index < sizes.count ? sizes[index] : 0 }
    var receive = size(0)
    if featureBits.contains(Self.multiport) {
      // Queues 2 and 3 are for control; port 1 has 4 and 5.
      receive += size(2)
      let further = min(buffers.openPorts, sizes.count / 2) - 1
      if further > 0 { receive += (1...further).reduce(0) { $0 + size(2 + 2 * $1) } }
    }
    return VirtioLoad(
      resting: receive * pageSlots, working: 16 * pageSlots, progress: pageSlots)
  }
}
