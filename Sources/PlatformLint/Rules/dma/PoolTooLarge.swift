import DeviceTree
import Diagnostics
import GuestView

/// A restricted pool must not have more slots than the kernel can keep a table of.
enum PoolTooLarge: Rule {
  static let id = "dma/pool-too-large"
  static let severity = Severity.error
  static let summary = "a restricted pool has more slots than the kernel can keep a table of"
  static let rationale = """
    The kernel keeps 24 bytes for each slot of 2 KiB, in one allocation that can't exceed 4 MiB with \
    pages of 4 KiB. A pool of more than 341 MiB is refused when its first device attaches.
    """
  static let consequence = "the pool is refused, and devices that refer to it use all of memory"
  static let logLine: String? = "failed to initialise \"restricted-dma-pool\" memory node"
  static let help =
    "make the pool smaller; 8 MiB serve a disk, a network device and an entropy source"
  static let exceptions = """
    The limit is 2.67 GiB with pages of 16 KiB, and 42.7 GiB with pages of 64 KiB; for such a guest \
    the finding may be allowed.
    """
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init"),
    .linux("mm/slub.c", "___kmalloc_large_node"),
    .observed("384 MiB: the device uses all of memory; 340 MiB work"),
  ]
  static let good = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x15400000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x18000000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.restrictedPools {
      guard let size = region.size, size > RestrictedPool.largestSize,
        let spot = PoolSize.spot(of: region, view)
      else { continue }
      report(
        "the pool is too large for the kernel's table of slots", at: spot,
        found: ByteText.hexAndSize(size), expected: "at most 341 MiB")
    }
  }
}
