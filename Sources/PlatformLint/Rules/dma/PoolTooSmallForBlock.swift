import DeviceTree
import Diagnostics
import GuestView

/// A block device needs a pool in which its largest request fits.
enum PoolTooSmallForBlock: Rule {
  static let id = "dma/pool-too-small-for-block"
  static let severity = Severity.error
  static let summary = "a restricted pool is too small for the block device that uses it"
  static let rationale = """
    A block request is mapped as a whole; if it does not fit and nothing else is in flight, it is \
    tried again for ever. The largest request has 1280 KiB, which is five full segments of 256 KiB, \
    and the ring and the headers spoil more than one more.
    """
  static let consequence = "the file system mounts, then input and output hang without an error"
  static let logLine: String? =
    "virtio-mmio <device>: swiotlb buffer is full (sz: 262144 bytes)"
  static let help = "make the pool at least 2 MiB for each block device"
  static let exceptions =
    "From 1.75 MiB to 2 MiB this is a warning: it is enough for one disk alone."
  static let sources = [
    Source.linux("block/blk-settings.c", "BLK_DEF_MAX_SECTORS_CAP"),
    .linux("drivers/block/virtio_blk.c", "virtio_queue_rq"),
    .observed(
      "up to 1664 KiB every boot hangs, from 1792 KiB none; on another machine half of them from 1536 KiB"
    ),
  ]
  static let needs: Inputs = [.tree, .features]
  static let silencedBy: [any Rule.Type] = []

  private static let disk = DeviceFeatures(devices: [
    .init(node: "/virtio@a000000", type: 2, featureBits: [32, 33], queueSizes: [256]),
    .init(node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [256, 256]),
  ])
  static let good = [
    Example(
      features: disk,
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x200000>;
      };
      """)
  ]
  static let bad = [
    Example(
      features: disk,
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x100000>;
      };
      &disk {
        memory-region = <&bounce>;  // finding
      };
      """),
    Example(
      features: disk,
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x1c0000>;
      };
      &disk {
        memory-region = <&bounce>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices + view.hiddenFunctions {
      guard let features = device.features, features.isBlock,
        let property = device.effectiveMemoryRegion, let reference = device.effectivePool,
        let region = reference.region,
        let size = region.size, size < RestrictedPool.comfortableForBlock,
        size >= RestrictedPool.segmentSize, let spot = PoolSize.spot(of: region, view)
      else { continue }
      report(
        "the pool is too small for a block device",
        at: device.memoryRegion == nil
          ? .device(device)
          : .element(property, reference.cell, cells: reference.cell..<(reference.cell + 1)),
        found: ByteText.hexAndSize(size),
        expected: "at least \(ByteText.hexAndSize(RestrictedPool.comfortableForBlock))",
        related: [Party("states the size of the pool", at: spot)],
        severity: size >= RestrictedPool.smallestForBlock ? .warning : nil)
    }
  }
}
