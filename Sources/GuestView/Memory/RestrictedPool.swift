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
  /// largest request and one that its ring and headers spoil.
  ///
  /// **Source:** Linux `block/blk-settings.c`, `BLK_DEF_MAX_SECTORS_CAP` (1280 KiB); boots with pools
  /// of 256 KiB to 1280 KiB, which all hang.
  public static let smallestForBlock: UInt64 = 6 * segmentSize

  /// From this size on, in bytes, a block device always makes progress: of boots with 1536 and
  /// 1664 KiB half hang.
  public static let comfortableForBlock: UInt64 = 8 * segmentSize
}
