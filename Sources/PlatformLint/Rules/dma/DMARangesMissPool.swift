import DeviceTree
import Diagnostics
import GuestView

/// `dma-ranges` must cover the pool of a device.
enum DMARangesMissPool: Rule {
  static let id = "dma/dma-ranges-miss-pool"
  static let severity = Severity.error
  static let summary = "dma-ranges does not reach the pool of a device"
  static let rationale = """
    The nearest dma-ranges with a value limits what the device can address. Rings in a pool beyond \
    that limit are refused.
    """
  static let consequence = "the pool is assigned, and the driver fails with error -12"
  static let logLine: String? = "probe with driver virtio_blk failed with error -12"
  static let help = "let dma-ranges cover the pool, or make it empty"
  static let sources = [
    Source.linux("drivers/of/address.c", "of_dma_get_range"),
    .linux("kernel/dma/direct.c", "dma_coherent_ok"), .observed("error -12"),
  ]
  static let good = [Example(bus("<0x0 0x40000000 0x0 0x40000000 0x0 0x40000000>"))]
  static let bad = [
    Example(
      bus("<0x0 0x40000000 0x0 0x40000000 0x0 0x10000000>", mark: "  // finding"))
  ]

  private static func bus(_ ranges: String, mark: String = "") -> String {
    """
    / {
      bus {
        compatible = "simple-bus";
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
        dma-ranges = \(ranges);

        virtio@a000400 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000400 0x0 0x200>;
          interrupts = <0 18 1>;
          dma-coherent;
          memory-region = <&bounce>;\(mark)
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices where device.iommu == nil {
      guard let ranges = device.dmaRanges, let property = device.memoryRegion,
        let reference = device.attachedPool, let pool = reference.region?.range,
        // Where no entry can be used, it is as if there were none.
        !ranges.windows.isEmpty, !ranges.reachable.contains(pool)
      else { continue }
      report(
        "the pool is out of the device's reach",
        at: .element(property, reference.cell, cells: reference.cell..<(reference.cell + 1)),
        found: "a pool at \(pool)",
        expected: "a pool within "
          + ranges.windows.prefix(4).map { "\($0.range)" }.joined(separator: ", "),
        related: [Party("limits what the device can address", at: .property(ranges.property))])
    }
  }
}
