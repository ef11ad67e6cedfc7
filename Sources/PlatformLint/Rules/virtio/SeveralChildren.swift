import DeviceTree
import Diagnostics
import GuestView

/// A virtio device node has at most one child.
enum SeveralChildren: Rule {
  static let id = "virtio/several-children"
  static let severity = Severity.error
  static let summary = "a virtio-mmio node has more than one child"
  static let rationale = """
    The one child of a transport's node may describe the device behind it, with a compatible such as \
    virtio,device22. The kernel refuses a device whose transport has several.
    """
  static let consequence = "the virtio device is not registered"
  static let logLine: String? = "WARNING: … at register_virtio_device"
  static let help = "keep one child, or disable the others"
  static let sources = [Source.linux("drivers/virtio/virtio.c", "virtio_device_of_init")]
  static let good = [
    Example(
      """
      &disk {
        gpio {
          compatible = "virtio,device29";
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {  // finding
        gpio {
          compatible = "virtio,device29";
        };
        i2c {
          compatible = "virtio,device22";
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      let children = device.node.children.filter(view.isAvailable)
      guard children.count > 1 else { continue }
      report(
        "the node has several children", at: .node(device.node),
        found: "\(children.count) children", expected: "at most 1")
    }
  }
}
