import DeviceTree
import Diagnostics
import GuestView

/// A bus with virtio-mmio devices needs `ranges`.
enum BusWithoutRanges: Rule {
  static let id = "virtio/bus-without-ranges"
  static let severity = Severity.error
  static let summary = "a bus with virtio-mmio devices has no ranges"
  static let rationale = """
    Without ranges nothing below a bus can be reached by the CPU, by definition. An empty property \
    says that the addresses are the same on both sides.
    """
  static let consequence = "the devices on the bus do not come up"
  static let logLine: String? = "error -22: invalid resource (null)"
  static let help = "add an empty ranges property to the bus"
  static let sources = [
    Source.devicetree("2.3.8"), .linux("drivers/of/address.c", "of_translate_one"),
    .observed("invalid resource"),
  ]
  static let good = [Example(bus("ranges;"))]
  static let bad = [Example(bus("", mark: "  // finding"))]

  private static func bus(_ ranges: String, mark: String = "") -> String {
    """
    / {
      bus {\(mark)
        compatible = "simple-bus";
        #address-cells = <2>;
        #size-cells = <2>;
        \(ranges)

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
    // One finding for a bus, however many devices are on it.
    var seen: Set<Int> = []
    for device in view.virtioMMIO {
      guard
        case .failure(.withoutRanges(let bus))? = view.registers(of: device.node).first?.translation,
        seen.insert(bus.index).inserted
      else { continue }
      report(
        "the bus has no ranges", at: .node(bus), expected: "an empty ranges property",
        related: [Party("can not be reached", at: .node(device.node))])
    }
  }
}
