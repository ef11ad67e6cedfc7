import DeviceTree
import Diagnostics
import GuestView

/// A device of the description must be in what the VMM passes.
enum DeviceGone: Rule {
  static let id = "drift/device-gone"
  static let severity = Severity.error
  static let summary = "a device that was described is not in the tree that the VMM passes"
  static let rationale = """
    The guest finds a device by its address alone. One that is at another address, on another transport, or \
    disabled, is another device, and what was said of it when the description was judged is not said of that.
    """
  static let consequence = "the device isn't there, or is one that nobody judged"
  static let help =
    "have the VMM pass the tree that was built, or describe the device as the VMM has it"
  static let exceptions = """
    None. What a node is called doesn't matter. A PCI function without a node is looked for where features are given.
    """
  static let sources = [
    Source.linux("drivers/of/platform.c", "of_platform_device_create_pdata"),
    .linux("drivers/virtio/virtio_mmio.c", "virtio_mmio_probe"),
  ]
  static let needs: Inputs = [.tree, .expected]

  static let good = [
    Example(
      expecting: "",
      """
      &chosen {
        rng-seed = <0x1 0x2 0x3 0x4>;
        bootargs = "console=ttyAMA0";
      };
      """)
  ]
  static let bad = [
    Example(
      expecting: "",
      """
      / {  // finding
        /delete-node/ virtio@a000200;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    for device in ExpectedDevices(view, expected).missing {
      if !device.hasNode, let name = device.functionName {
        report(
          "function \(name) of \(device.node.path) was described, and no function is there",
          at: .node(view.tree.root), found: "no features of such a function",
          expected: "virtio device type \(device.features.map { "\($0.type)" } ?? "unknown")")
        continue
      }
      report(
        "\(device.node.path) was described, and no enabled device is there",
        at: .node(view.tree.root), expected: "a device as \(device.node.name)")
    }
  }
}
