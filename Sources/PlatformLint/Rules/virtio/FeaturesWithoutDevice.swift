import DeviceTree
import Diagnostics
import GuestView

/// What offers features has to be there.
enum FeaturesWithoutDevice: Rule {
  static let id = "virtio/features-without-device"
  static let severity = Severity.error
  static let summary = "features are given of a device that the tree does not have"
  static let rationale = """
    Features are found by the path of a node. Those of a path that isn't there are nobody's, and the device \
    that they were meant for is judged without them.
    """
  static let consequence = """
    the device comes up as the VMM makes it, and nothing that was said here tells how
    """
  static let help =
    "give the path of the device's node, or of its PCI host together with its function"
  static let exceptions = "Disabled nodes, and functions of a host that is there."
  static let sources = [Source.virtio("2.2")]
  static let needs: Inputs = [.tree, .features]

  static let good = [example("/virtio@a000200", "")]
  static let bad = [example("/virtio@a000400", "  // finding")]

  private static func example(_ path: String, _ marker: String) -> Example {
    let others = GuestExamples.usualFeatures.filter { $0.node != path }
    return Example(
      features: DeviceFeatures(
        devices: others + [.init(node: path, type: 1, featureBits: [32, 33], queueSizes: [256])]),
      """
      / {\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let features = view.features else { return }
    let paths = Set(view.dmaDevices.map(\.node.path))
    for device in features.devices where !paths.contains(device.node) {
      guard view.tree.node(at: device.node) == nil else { continue }
      report(
        "there is no such node", at: .node(view.tree.root), found: device.node,
        expected: "the node of a virtio device or of its PCI host")
    }
  }
}
