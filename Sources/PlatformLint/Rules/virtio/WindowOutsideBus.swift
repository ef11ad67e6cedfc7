import DeviceTree
import Diagnostics
import GuestView

/// The window of a virtio-mmio device must lie in the `ranges` of its buses.
enum WindowOutsideBus: Rule {
  static let id = "virtio/window-outside-bus"
  static let severity = Severity.error
  static let summary = "no entry of ranges holds the window of a virtio-mmio device"
  static let rationale = """
    A bus forwards the addresses that its ranges list. A window that none of them holds can not be \
    reached, and one that reaches over the end of an entry is cut short.
    """
  static let consequence = "the device does not come up"
  static let logLine: String? = "virtio-mmio <node>: error -22: invalid resource (null)"
  static let help = "extend ranges over the window, or move the window"
  static let sources = [
    Source.devicetree("2.3.8"), .linux("drivers/of/address.c", "of_translate_one"),
  ]
  static let good = [Example(bus(address: "0x400"))]
  static let bad = [Example(bus(address: "0x10000", mark: "  // finding"))]

  private static func bus(address: String, mark: String = "") -> String {
    """
    / {
      bus {
        compatible = "simple-bus";
        #address-cells = <1>;
        #size-cells = <1>;
        ranges = <0x0 0x0 0xb000000 0x10000>;

        virtio@\(address.dropFirst(2)) {
          compatible = "virtio,mmio";
          reg = <\(address) 0x200>;\(mark)
          interrupts = <0 18 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      guard let register = view.registers(of: device.node).first,
        case .failure(let reason) = register.translation
      else { continue }
      switch reason {
      case .outsideRanges(let bus):
        report(
          "no entry of the ranges of \(bus.path) holds the window",
          at: .element(register.property, 0, cells: register.cells),
          found: register.address.map(ByteText.hex),
          related: bus.property("ranges").map { [Party("lists the windows", at: .property($0))] }
            ?? [])
      case .unusableCells(let bus):
        report(
          "the cells of \(bus.path) make no address",
          at: .element(register.property, 0, cells: register.cells),
          expected: "1 to 4 #address-cells and #size-cells",
          related: [Party("states the cells", at: .node(bus))])
      default: break
      }
    }
  }
}
