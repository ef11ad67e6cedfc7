import DeviceTree
import Diagnostics
import GuestView

/// `memory-region` belongs into the node of the transport.
enum MemoryRegionInChild: Rule {
  static let id = "virtio/memory-region-in-child"
  static let severity = Severity.error
  static let summary = "memory-region is in the child of a virtio-mmio device"
  static let rationale = """
    A child of the transport's node describes the virtio device behind it. DMA is set up for the \
    transport, and only memory-region in its own node is looked at.
    """
  static let consequence = "the pool is not used; the DMA of the device may go anywhere in memory"
  static let help = "move memory-region to the node of the transport"
  static let sources = [
    Source.linux("drivers/virtio/virtio.c", "virtio_device_of_init"),
    .linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
  ]
  static let good = [
    Example(
      """
      &disk {
        device {
          compatible = "virtio,device2";
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        device {
          compatible = "virtio,device2";
          memory-region = <&bounce>;  // finding
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.virtioMMIO {
      for child in device.node.children {
        guard let property = child.property("memory-region"), view.isEnabled(child) else {
          continue
        }
        report(
          "the transport does not see memory-region here", at: .property(property),
          related: [Party("is the node of the transport", at: .node(device.node))])
      }
    }
  }
}
