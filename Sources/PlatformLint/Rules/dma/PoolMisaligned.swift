import DeviceTree
import Diagnostics
import GuestView

/// The base of a restricted pool must be a multiple of the page size.
enum PoolMisaligned: Rule {
  static let id = "dma/pool-misaligned"
  static let severity = Severity.error
  static let summary = "the base of a restricted pool is no multiple of the page size"
  static let rationale = """
    Slots are counted from the base of the pool, and every allocation is aligned: to 2 KiB always, \
    to a page where it is as large as one. With a base that is no multiple of 2 KiB no slot ever \
    fits; with one that is no multiple of a page no full segment of 256 KiB does, and the requests \
    of a block device need those.
    """
  static let consequence = """
    the pool is attached, and then nothing or nothing large can be allocated from it: drivers fail \
    with error -12, or input and output hang for ever
    """
  static let logLine: String? = "swiotlb buffer is full (sz: 262144 bytes)"
  static let help = "move the base to a multiple of 256 KiB"
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_search_pool_area"),
    .observed("base + 1 KiB: error -12; base + 2 KiB: the first large request hangs"),
  ]
  static let good = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        restricted-dma-pool@60000400 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x60000400 0x0 0x800000>;  // finding
        };
      };
      &disk {
        memory-region = <&{/reserved-memory/restricted-dma-pool@60000400}>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.restrictedPools {
      guard let base = region.range?.first, base % RestrictedPool.pageSize != 0,
        let reg = region.node.property("reg")
      else { continue }
      let cells = view.cells(of: view.tree.root).address
      report(
        base % RestrictedPool.slotSize == 0
          ? "the base is no multiple of a page" : "the base is no multiple of a slot of 2 KiB",
        at: .cells(reg, 0..<cells, "reg[0].address"), found: ByteText.hex(base),
        expected: "a multiple of \(ByteText.hexAndSize(RestrictedPool.segmentSize))")
    }
  }
}
