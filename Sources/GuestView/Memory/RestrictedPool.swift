import PoolSizing

/// The numbers of the kernel's restricted DMA pools, for pages of 4 KiB.
public enum RestrictedPool {
  /// One slot, the unit of allocation, in bytes.
  ///
  /// **Source:** Linux `include/linux/swiotlb.h`, `IO_TLB_SIZE`.
  public static let slotSize = Bounce.slot

  /// One segment, in bytes: no mapping crosses it, so no mapping is larger.
  ///
  /// **Source:** Linux `include/linux/swiotlb.h`, `IO_TLB_SEGSIZE` slots.
  public static let segmentSize = Bounce.segment

  /// The smallest page that a guest has, in bytes.
  public static let pageSize: UInt64 = 4 << 10

  /// The largest page that an arm64 guest may have, in bytes.
  public static let largestPageSize: UInt64 = 64 << 10

  /// The largest pool, in bytes: the table of slots, 24 bytes each, comes from one allocation of at
  /// most 4 MiB.
  ///
  /// **Source:** Linux `kernel/dma/swiotlb.c`, `rmem_swiotlb_device_init`; `mm/slub.c`,
  /// `___kmalloc_large_node` (`PAGE_SIZE << MAX_PAGE_ORDER`).
  public static let largestSize =
    Bounce.maximumSlots(guestPageSize: pageSize) * slotSize + (slotSize - 1)

  /// The room that the smallest ring of a virtio-mmio device takes, in bytes.
  ///
  /// **Source:** Linux `include/uapi/linux/virtio_ring.h`, `vring_size` with the page as alignment.
  public static let smallestRing: UInt64 = 8 << 10

  /// Below this size, in bytes, a block device's request never fits: five full segments of the
  /// largest request, and two of which its ring and headers, and other requests, take parts.
  ///
  /// **Source:** Linux `block/blk-settings.c`, `BLK_DEF_MAX_SECTORS_CAP` (1280 KiB); `dtgen-dev
  /// boot-sweep`, in which every boot with up to 1664 KiB hangs and none from 1792 KiB on.
  public static let smallestForBlock: UInt64 = 7 * segmentSize

  /// From this size on, in bytes, a block device always makes progress, with others beside it too.
  public static let comfortableForBlock: UInt64 = 8 * segmentSize
}
