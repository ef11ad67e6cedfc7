/// The memory of a virtqueue itself, without the buffers that it carries.
///
/// **Source:** Linux 6.12 `include/uapi/linux/virtio_ring.h`, `vring_size`;
/// `drivers/virtio/virtio_ring.c`, `vring_alloc_queue_split` and `vring_alloc_queue_packed`;
/// the alignment from `virtio_mmio.c`, `vm_setup_vq`, and `virtio_pci_modern.c`, `setup_vq`.
public struct VirtioRing: Sendable, Hashable {
  /// The number of descriptors.
  public var entries: UInt64
  /// Whether VIRTIO_F_RING_PACKED is negotiated.
  public var isPacked: Bool
  /// What reaches the device.
  public var transport: VirtioTransport
  /// The page of the guest, in bytes.
  public var page: UInt64

  /// A queue of `size` descriptors; at least one, at most 32,768.
  public init(size: Int, isPacked: Bool = false, transport: VirtioTransport, guestPageSize: UInt64)
  {
    entries = UInt64(min(max(size, 1), 32768))
    self.isPacked = isPacked
    self.transport = transport
    page = min(max(guestPageSize, 1), 64 << 10)
  }

  /// What the driver asks of the DMA API, in bytes.
  public var bytes: UInt64 {
    if isPacked { return Bounce.up(16 * entries, to: page) + 2 * page }
    let alignment: UInt64 =
      switch transport {
      case .mmio: page
      case .pci: 64
      }
    return Bounce.up(16 * entries + 2 * (entries + 3), to: alignment) + 6 + 8 * entries
  }

  /// The slots of a pool that it takes: whole pages.
  public var slots: UInt64 { Bounce.slots(Bounce.up(bytes, to: page)) }
}
