import DeviceTree
import Diagnostics
import GuestView

/// The size of a restricted pool should be a multiple of the page size.
enum PoolSizeUnaligned: Rule {
  static let id = "dma/pool-size-unaligned"
  static let severity = Severity.warning
  static let summary = "the size of a restricted pool is no multiple of the page size"
  static let rationale = """
    Slots are counted in units of 2 KiB, pages are shared with the VMM in units of a page. The slots \
    behind the last whole page are handed out and not shared.
    """
  static let consequence =
    "in a protected guest, what lands in the last slots never reaches the VMM"
  static let help = "round the size to a multiple of 256 KiB"
  static let sources = [Source.linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init")]
  static let silencedBy: [any Rule.Type] = [PoolTooSmall.self]
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
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800400>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.restrictedPools {
      guard let size = region.size, size % RestrictedPool.pageSize != 0,
        let spot = PoolSize.spot(of: region, view)
      else { continue }
      report(
        "the size is no multiple of a page", at: spot, found: ByteText.hexAndSize(size),
        expected: "a multiple of \(ByteText.hexAndSize(RestrictedPool.pageSize))")
    }
  }
}
