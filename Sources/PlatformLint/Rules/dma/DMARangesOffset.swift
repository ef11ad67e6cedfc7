import DeviceTree
import Diagnostics
import GuestView

/// `dma-ranges` above a virtio device must not translate.
enum DMARangesOffset: Rule {
  static let id = "dma/dma-ranges-offset"
  static let severity = Severity.error
  static let summary = "dma-ranges gives a virtio device other addresses than the guest's own"
  static let rationale = """
    With an offset in dma-ranges the driver hands out addresses of the bus. A VMM takes what it gets \
    for guest-physical addresses.
    """
  static let consequence = "the device answers, and the first transfer hangs without a message"
  static let help = "make dma-ranges empty, or make both addresses of each entry equal"
  static let exceptions =
    "Without VIRTIO_F_ACCESS_PLATFORM drivers do not look at dma-ranges."
  static let sources = [
    Source.linux("drivers/of/address.c", "of_dma_get_range"),
    .linux("include/linux/dma-direct.h", "phys_to_dma"),
    .observed("the capacity is read, the first block never arrives"),
  ]
  static let good = [Example(bus("<0x0 0x40000000 0x0 0x40000000 0x0 0x40000000>"))]
  static let bad = [
    Example(bus("<0x0 0x0 0x0 0x40000000 0x0 0x40000000>", mark: "  // finding"))
  ]

  private static func bus(_ ranges: String, mark: String = "") -> String {
    """
    / {
      bus {
        compatible = "simple-bus";
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
        dma-ranges = \(ranges);\(mark)

        virtio@a000400 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000400 0x0 0x200>;
          interrupts = <0 18 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // One finding for a property, however many devices are below it; devices come in the order of
    // the tree, and a property is remembered by its position.
    var seen: Set<Int> = []
    for device in view.dmaDevices {
      guard let ranges = device.dmaRanges, seen.insert(ranges.property.index).inserted,
        device.features?.offersAccessPlatform ?? true
      else { continue }
      for window in ranges.windows where window.busAddress != window.range.first {
        report(
          "a bus address differs from the guest-physical one",
          at: .element(
            ranges.property, window.cells.lowerBound / window.cells.count, cells: window.cells),
          found: "\(ByteText.hex(window.busAddress)) for \(ByteText.hex(window.range.first))",
          expected: "the same address on both sides",
          related: [Party("does its DMA through it", at: .node(device.node))])
      }
    }
  }
}
