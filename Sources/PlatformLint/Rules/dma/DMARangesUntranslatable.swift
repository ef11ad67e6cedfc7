import DeviceTree
import Diagnostics
import GuestView

/// Every entry of `dma-ranges` leads to memory.
enum DMARangesUntranslatable: Rule {
  static let id = "dma/dma-ranges-untranslatable"
  static let severity = Severity.warning
  static let summary = "an entry of dma-ranges is not in the dma-ranges of a bus above"
  static let rationale = """
    Where an address on the bus leads is found by going up, through the dma-ranges of every bus above. \
    An entry that lies in none of the windows there is passed over, and if all are, the device is taken \
    to have no dma-ranges.
    """
  static let consequence = """
    the limit or translation is not applied, and the device is handed addresses that it can not reach
    """
  static let logLine: String? = "OF: translation of DMA address("
  static let help = "let the dma-ranges of the buses above cover the entry"
  static let exceptions = "Buses below which no virtio device and no PCI host stands."
  static let sources = [
    Source.linux("drivers/of/address.c", "of_dma_get_range", "of_translate_one")
  ]
  static let good = [example("0x0 0x0 0x0 0x0 0x1 0x0", "")]
  static let bad = [example("0x0 0x0 0x0 0x0 0x0 0x10000000", "  // finding")]

  private static func example(_ outer: String, _ marker: String) -> Example {
    Example(
      """
      / {
        upper {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          dma-ranges = <\(outer)>;
          lower {
            compatible = "simple-bus";
            #address-cells = <2>;
            #size-cells = <2>;
            ranges;
            dma-ranges = <0x0 0x40000000 0x0 0x40000000 0x0 0x40000000>;\(marker)
            virtio@a000400 {
              compatible = "virtio,mmio";
              reg = <0x0 0xa000400 0x0 0x200>;
              interrupts = <0 18 1>;
              dma-coherent;
              memory-region = <&bounce>;
            };
          };
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var told: Set<Int> = []
    for device in view.dmaDevices {
      guard let ranges = device.dmaRanges, let bus = ranges.property.node.parent,
        let entry = entryCells(of: ranges.property, on: bus, view),
        told.insert(ranges.property.index).inserted
      else { continue }
      let property = ranges.property
      let read = Set(ranges.windows.map(\.cells.lowerBound))
      for index in 0..<(property.cellCount / entry) where !read.contains(index * entry) {
        report(
          "the entry leads to no address of memory's bus",
          at: .element(property, index, cells: (index * entry)..<((index + 1) * entry)),
          related: [Party("is behind it", at: .node(device.node))])
      }
    }
  }

  /// How many cells an entry takes; nil where the value isn't made of whole ones.
  private static func entryCells(
    of property: FlattenedTree.Property, on above: FlattenedTree.Node, _ view: GuestView
  ) -> Int? {
    let child = view.cells(of: property.node)
    let parent = view.cells(of: above).address
    guard child.isTranslatable, (1...4).contains(parent) else { return nil }
    let entry = child.address + parent + child.size
    return property.count % (4 * entry) == 0 ? entry : nil
  }
}
