import DeviceTree
import Diagnostics
import GuestView

/// A virtio-mmio device must stand on a bus whose children become devices.
enum UnpopulatedBus: Rule {
  static let id = "virtio/unpopulated-bus"
  static let severity = Severity.error
  static let summary = "a virtio-mmio device stands on a bus that is not populated"
  static let rationale = """
    Linux makes devices of the children of the root and of simple-bus, simple-mfd, isa and \
    arm,amba-bus nodes. Below any other node it leaves that to a driver, and for most there is none.
    """
  static let consequence = "the device does not exist to the guest, without a word"
  static let help = "give the parent compatible = \"simple-bus\", or move the device to the root"
  static let exceptions = """
    A bus with a driver that populates its children; allow the finding where the guest has it.
    """
  static let sources = [
    Source.linux("drivers/of/platform.c", "of_platform_bus_create", "of_default_bus_match_table"),
    .observed("the node is ignored"),
  ]
  static let good = [Example(bus("compatible = \"simple-bus\";"))]
  static let bad = [Example(bus("compatible = \"example,bus\";", mark: "  // finding"))]

  private static func bus(_ compatible: String, mark: String = "") -> String {
    """
    / {
      bus {
        \(compatible)
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;

        virtio@a000400 {\(mark)
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
    for device in view.virtioMMIO where !view.isInstantiated(device.node) {
      guard let bus = device.node.parent else { continue }
      // The outermost bus that is to blame is the one to mend.
      var culprit = bus
      while !view.isInstantiated(culprit), let above = culprit.parent, above.index != 0 {
        culprit = above
      }
      report(
        "Linux makes no devices of the children of \(culprit.path)", at: .node(device.node),
        found: culprit.property("compatible")?.strings.map {
          "compatible = \($0.map { "\"\($0)\"" }.joined(separator: ", "))"
        } ?? "no compatible", expected: "compatible = \"simple-bus\"",
        related: [Party("is not populated", at: .node(culprit))])
    }
  }
}
