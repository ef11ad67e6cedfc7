import DeviceTree
import Diagnostics
import GuestView

/// The base of a restricted pool should be a multiple of 256 KiB.
enum PoolLooselyAligned: Rule {
  static let id = "dma/pool-loosely-aligned"
  static let severity = Severity.warning
  static let summary = "the base of a restricted pool is no multiple of 256 KiB"
  static let rationale = """
    A coherent allocation is aligned to the power of two above its size, while segments of 256 KiB \
    are counted from the base. With another base the largest blocks, such as rings of 8192 \
    descriptors, never fit. A guest with pages of 64 KiB needs a multiple of those in any case.
    """
  static let consequence = """
    coherent blocks of more than 128 KiB can't be allocated; with pages of 64 KiB and a base that \
    is no multiple of them, input and output hang
    """
  static let help = "move the base to a multiple of 256 KiB"
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_alloc", "swiotlb_search_pool_area"),
    .observed("pages of 64 KiB, base at a multiple of 32 KiB: input and output hang"),
  ]
  static let silencedBy: [any Rule.Type] = [PoolMisaligned.self, PoolBelowPage.self]
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
        restricted-dma-pool@60010000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x60010000 0x0 0x800000>;  // finding
        };
      };
      &disk {
        memory-region = <&{/reserved-memory/restricted-dma-pool@60010000}>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.restrictedPools {
      guard let base = region.range?.first, base % RestrictedPool.segmentSize != 0,
        let reg = region.node.property("reg")
      else { continue }
      let cells = view.cells(of: view.tree.root).address
      report(
        base % RestrictedPool.largestPageSize == 0
          ? "the base is no multiple of 256 KiB"
          : "the base is no multiple of a page of 64 KiB",
        at: .cells(reg, 0..<cells, "reg[0].address"), found: ByteText.hex(base),
        expected: "a multiple of \(ByteText.hexAndSize(RestrictedPool.segmentSize))")
    }
  }
}
