import DeviceTree
import Diagnostics
import GuestView

/// A dynamic pool needs an `alignment`.
enum DynamicPoolUnaligned: Rule {
  static let id = "dma/dynamic-pool-unaligned"
  static let severity = Severity.error
  static let summary = "a restricted pool without reg has no sufficient alignment"
  static let rationale = """
    Where the tree states no alignment, the kernel places a region at a multiple of a cache line. \
    Placed from the end of memory downwards, the base is then as crooked as the size is; a pool \
    whose base is no multiple of a page is of no use.
    """
  static let consequence = "the pool is attached, and drivers fail with error -12 or hang"
  static let logLine: String? = "probe with driver virtio_blk failed with error -12"
  static let help = "add an alignment of 256 KiB"
  static let exceptions =
    "From 4 KiB to 256 KiB this is a warning: large coherent blocks may not fit."
  static let sources = [
    Source.linux(
      "drivers/of/of_reserved_mem.c", "early_init_dt_alloc_reserved_memory_arch"),
    .observed("size 0x400400 without alignment: base 0x7fbffc00, error -12"),
  ]
  static let good = [
    Example(
      """
      &bounce {
        /delete-property/ reg;
        size = <0x0 0x800000>;
        alignment = <0x0 0x40000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        /delete-property/ reg;
        size = <0x0 0x800000>;  // finding
      };
      """),
    Example(
      """
      &bounce {
        /delete-property/ reg;
        size = <0x0 0x800000>;
        alignment = <0x0 0x1000>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.restrictedPools {
      guard let dynamic = region.dynamic, let size = region.node.property("size") else { continue }
      let alignment = dynamic.alignment ?? 0
      guard alignment < RestrictedPool.segmentSize else { continue }
      report(
        dynamic.alignment == nil ? "the pool has no alignment" : "the alignment is too small",
        at: .property(region.node.property("alignment") ?? size),
        found: dynamic.alignment.map(ByteText.hexAndSize),
        expected: ByteText.hexAndSize(RestrictedPool.segmentSize),
        severity: alignment >= RestrictedPool.pageSize ? .warning : nil)
    }
  }
}
