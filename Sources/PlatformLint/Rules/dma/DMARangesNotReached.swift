import DeviceTree
import Diagnostics
import GuestView

/// Every bus below a `dma-ranges` has one too.
enum DMARangesNotReached: Rule {
  static let id = "dma/dma-ranges-not-reached"
  static let severity = Severity.warning
  static let summary = "a dma-ranges further up does not apply to a device"
  static let rationale = """
    Linux looks for dma-ranges from the bus of the device upwards. The first bus may lack it; if a \
    second one lacks it as well, the search ends, and the device is taken to address memory \
    directly.
    """
  static let consequence = """
    the translation or limit of the upper dma-ranges is not applied to the device
    """
  static let help = "add an empty dma-ranges to the buses between"
  static let sources = [
    Source.devicetree("2.3.9"),
    .linux("drivers/of/address.c", "of_dma_get_range"),
  ]
  static let good = [
    Example(
      """
      / {
        upper {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          dma-ranges = <0x0 0x0 0x0 0x0 0x1 0x0>;
          lower {
            compatible = "simple-bus";
            #address-cells = <2>;
            #size-cells = <2>;
            ranges;
            dma-ranges;
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
  ]
  static let bad = [
    Example(
      """
      / {
        upper {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          dma-ranges = <0x0 0x0 0x0 0x0 0x1 0x0>;
          middle {
            compatible = "simple-bus";
            #address-cells = <2>;
            #size-cells = <2>;
            ranges;
            lower {
              compatible = "simple-bus";
              #address-cells = <2>;
              #size-cells = <2>;
              ranges;
              virtio@a000400 {  // finding
                compatible = "virtio,mmio";
                reg = <0x0 0xa000400 0x0 0x200>;
                interrupts = <0 18 1>;
                dma-coherent;
                memory-region = <&bounce>;
              };
            };
          };
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices where device.dmaRanges == nil {
      var bus = device.kind == .pciHost ? device.node : device.node.parent
      var end: FlattenedTree.Node?
      var isFirst = true
      while let node = bus, node.index > 0 {
        let property = node.property("dma-ranges")
        if let property, property.count > 0 {
          guard let end else { break }
          report(
            "the dma-ranges of \(node.name) do not apply to the device", at: .node(device.node),
            related: [
              Party("lacks dma-ranges", at: .node(end)),
              Party("is not reached", at: .property(property)),
            ])
          break
        }
        if property == nil, !isFirst, end == nil { end = node }
        isFirst = false
        bus = node.parent
      }
    }
  }
}
