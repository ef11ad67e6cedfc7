import DeviceTree
import Diagnostics
import GuestView

/// A restricted pool must hold at least a ring, and should hold a segment.
enum PoolTooSmall: Rule {
  static let id = "dma/pool-too-small"
  static let severity = Severity.error
  static let summary = "a restricted pool is too small for any device"
  static let rationale = """
    The rings of a device come out of the pool before its data does; the smallest ring of a \
    virtio-mmio device takes 8 KiB. Drivers are told that a mapping may have 256 KiB, however small \
    the pool is, and wait for ever for a mapping that can't be made.
    """
  static let consequence = """
    below 8 KiB drivers fail with error -12; below 256 KiB the first large request hangs
    """
  static let logLine: String? = "swiotlb buffer is full"
  static let help = "make the pool 8 MiB, or at least 2 MiB for each block device"
  static let exceptions =
    "Below 256 KiB this is a warning: a device with small buffers, such as an entropy source, works."
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_max_mapping_size"),
    .linux("drivers/virtio/virtio_ring.c", "vring_alloc_queue_split"),
    .observed("2 and 4 KiB: error -12; 16 to 1280 KiB: a block device hangs"),
  ]
  static let good = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x200000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x1000>;  // finding
      };
      """),
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x20000>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.restrictedPools {
      guard let size = region.size, size < RestrictedPool.segmentSize,
        let spot = PoolSize.spot(of: region, view)
      else { continue }
      let fitsRing = size >= RestrictedPool.smallestRing
      report(
        fitsRing ? "the pool is smaller than one segment" : "the pool has no room for a ring",
        at: spot, found: ByteText.hexAndSize(size),
        expected: "at least \(ByteText.hexAndSize(RestrictedPool.segmentSize))",
        severity: fitsRing ? .warning : nil)
    }
  }
}
