import DeviceTree
import Diagnostics
import GuestView

/// A virtio-mmio device needs a window.
enum NoWindow: Rule {
  static let id = "virtio/no-window"
  static let severity = Severity.error
  static let summary = "a virtio-mmio device has no window"
  static let rationale = """
    The driver maps the first entry of reg. Without one, or with one that is too short for the cells \
    of the bus or that has size 0, there is nothing to map.
    """
  static let consequence = "the device does not come up"
  static let logLine: String? = "virtio-mmio <node>: error -22: invalid resource (null)"
  static let help = "add a reg with the address and the size of the window, 0x200 bytes"
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "virtio_mmio_probe"),
    .binding("virtio/mmio.yaml"),
  ]
  static let good = [
    Example(
      """
      &disk {
        reg = <0x0 0xa000000 0x0 0x200>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {  // finding
        /delete-property/ reg;
      };
      """),
    Example(
      """
      &disk {
        reg = <0xa000000 0x200>;  // finding
      };
      """),
    Example(
      """
      &disk {
        reg = <0x0 0xa000000 0x0 0x0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      guard let reg = device.node.property("reg") else {
        report("the device has no reg", at: .node(device.node), expected: "reg")
        continue
      }
      guard let register = view.registers(of: device.node).first else {
        let cells = device.node.parent.map(view.cells(of:))
        report(
          "reg is too short for the cells of the bus", at: .property(reg),
          found: "\(reg.count) bytes", expected: cells.map { "\(4 * $0.entry) bytes" })
        continue
      }
      switch register.translation {
      case .failure(.empty):
        report(
          "the size of the window is 0", at: .cells(reg, register.sizeCells, "reg[0].size"),
          found: "0 bytes", expected: "0x200 bytes")
      case .failure(.tooLarge):
        report(
          "the window does not fit into 64 bits of addresses",
          at: .element(reg, 0, cells: register.cells))
      default: break
      }
    }
  }
}
