public import PlatformDescription

/// The unit in which Linux hands out a restricted pool, and what follows from it.
///
/// **Source:** Linux 6.12 `include/linux/swiotlb.h`, `IO_TLB_SHIFT` and `IO_TLB_SEGSIZE`.
public enum Bounce {
  /// The bytes of a slot, 2 KiB; a mapping takes whole slots.
  public static let slot: UInt64 = 2 << 10
  /// The slots of a segment, 256 KiB counted from the pool's base; no mapping crosses its end.
  public static let segmentSlots: UInt64 = 128

  /// The slots that `bytes` take.
  public static func slots(_ bytes: UInt64) -> UInt64 { (bytes + slot - 1) / slot }

  /// The most slots that one pool can have: their table is one allocation of 24 bytes for each.
  ///
  /// **Source:** Linux 6.12 `kernel/dma/swiotlb.c`, `rmem_swiotlb_device_init`, and
  /// `include/linux/mmzone.h`, `MAX_PAGE_ORDER`, with arm64's defaults for each page size.
  public static func maximumSlots(guestPageSize: ByteCount) -> UInt64 {
    let order: UInt64 =
      switch guestPageSize.bytes {
      case 16 << 10: 11
      case 64 << 10: 13
      default: 10
      }
    return (guestPageSize.bytes << order) / 24
  }
}
