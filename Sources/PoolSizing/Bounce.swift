/// The unit in which Linux hands out a restricted pool, and what follows from it.
///
/// **Source:** Linux 6.12 `include/linux/swiotlb.h`, `IO_TLB_SHIFT` and `IO_TLB_SEGSIZE`.
public enum Bounce {
  /// The bytes of a slot, 2 KiB; a mapping takes whole slots.
  public static let slot: UInt64 = 2 << 10
  /// The slots of a segment; no mapping crosses its end.
  public static let segmentSlots: UInt64 = 128
  /// The bytes of a segment, 256 KiB counted from the pool's base.
  public static let segment: UInt64 = segmentSlots * slot
  /// What the base and the size of a computed pool are multiples of, in bytes: whole segments, whole pages
  /// of any guest, and one block of the host's page table.
  public static let unit: UInt64 = 2 << 20

  /// The slots that `bytes` take.
  public static func slots(_ bytes: UInt64) -> UInt64 {
    bytes / slot + (bytes % slot == 0 ? 0 : 1)
  }

  /// The pages that a guest can have, in bytes: 4, 16 or 64 KiB.
  public static let guestPageSizes: [UInt64] = [4 << 10, 16 << 10, 64 << 10]

  /// The most slots that one pool can have: their table is one allocation of 24 bytes for each.
  ///
  /// **Source:** Linux 6.12 `kernel/dma/swiotlb.c`, `rmem_swiotlb_device_init`, and
  /// `include/linux/mmzone.h`, `MAX_PAGE_ORDER`, with arm64's defaults for each page size.
  public static func maximumSlots(guestPageSize: UInt64) -> UInt64 {
    let order: UInt64 =
      switch guestPageSize {
      case 16 << 10: 11
      case 64 << 10: 13
      default: 10
      }
    return (min(guestPageSize, 64 << 10) << order) / 24
  }

  /// `value`, or the next multiple of `alignment` above it; the largest there is where that leaves 64
  /// bits.
  static func up(_ value: UInt64, to alignment: UInt64) -> UInt64 {
    let rest = value % alignment
    guard rest > 0 else { return value }
    let (sum, overflow) = value.addingReportingOverflow(alignment - rest)
    return overflow ? .max / alignment * alignment : sum
  }
}
