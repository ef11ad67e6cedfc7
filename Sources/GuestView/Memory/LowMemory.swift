/// What a 32-bit kernel for Arm maps of memory.
public enum LowMemory {
  /// How much there is of it with the usual split of 3 GiB for processes and 240 MiB for vmalloc.
  ///
  /// **Source:** Linux `arch/arm/mm/mmu.c`, `adjust_lowmem_bounds`: `VMALLOC_END` 0xff800000 −
  /// 240 MiB − `VMALLOC_OFFSET` 8 MiB − `PAGE_OFFSET` 0xc0000000.
  public static let size: UInt64 = 0x3000_0000

  /// The first address above it, for memory that starts where `memory` does; nil for other
  /// architectures, where all of memory is mapped.
  public static func end(of memory: RangeSet, _ architecture: Architecture?) -> UInt64? {
    guard architecture == .arm32, let first = memory.ranges.first?.first else { return nil }
    let (end, overflow) = first.addingReportingOverflow(size)
    return overflow ? nil : end
  }
}
