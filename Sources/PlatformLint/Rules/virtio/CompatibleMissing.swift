import DeviceTree
import Diagnostics
import GuestView

/// A virtio-mmio device says so in its `compatible`.
enum CompatibleMissing: Rule {
  static let id = "virtio/compatible-missing"
  static let severity = Severity.error
  static let summary = "a node that is called virtio has no compatible"
  static let rationale = """
    Linux makes a device of a node with a compatible, and binds its driver to virtio,mmio. The \
    name of the node tells it nothing.
    """
  static let consequence = "the device does not exist to the guest, without a word"
  static let help = "write compatible = \"virtio,mmio\""
  static let exceptions = "Nodes without reg, and children of buses that are not populated."
  static let sources = [
    Source.linux("drivers/of/platform.c", "of_platform_bus_create"),
    .linux("drivers/virtio/virtio_mmio.c", "virtio_mmio_match"),
    .binding("virtio/mmio.yaml"),
  ]
  static let good = [
    Example(
      """
      / {
        virtio@a000400 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000400 0x0 0x200>;
          interrupts = <0 18 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        virtio@a000400 {  // finding
          reg = <0x0 0xa000400 0x0 0x200>;
          interrupts = <0 18 1>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.tree.nodes(withBaseNames: ["virtio", "virtio_mmio", "virtio-mmio"]) {
      guard view.isEnabled(node), node.has("reg"), !node.has("compatible"), !view.isPCI(node),
        node.parent.map(view.isInstantiated) ?? false
      else { continue }
      report("the node has no compatible", at: .node(node), expected: "\"virtio,mmio\"")
    }
  }
}
