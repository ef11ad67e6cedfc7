import DeviceTree
import Diagnostics
import GuestView

/// Where some virtio devices are confined, the others should be too.
enum MixedConfinement: Rule {
  static let id = "dma/mixed-confinement"
  static let severity = Severity.warning
  static let summary = "a virtio device is left out while others are confined to a pool"
  static let rationale = """
    Whoever stands behind the device can be handed any address of the guest's memory. If the other \
    devices are confined because the VMM is not trusted, or may not map all of memory, one that is \
    left out undoes it.
    """
  static let consequence = "the DMA of this device may go anywhere in memory, or fails in the VMM"
  static let help = """
    name a pool in memory-region of this device too, or allow the finding with the reason why it may
    """
  static let exceptions = """
    PCI hosts, whose functions the tree does not show; and devices that the features do not list, \
    where features are given: those are empty slots.
    """
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .linux("drivers/virtio/virtio_ring.c", "vring_use_dma_api"),
  ]
  static let good = [
    Example(
      """
      &disk {
        /delete-property/ memory-region;
      };
      &net {
        /delete-property/ memory-region;
      };
      /delete-node/ &bounce;
      """)
  ]
  static let bad = [
    Example(
      """
      &net {  // finding
        /delete-property/ memory-region;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let virtio = view.dmaDevices.filter { $0.kind == .virtioMMIO }
    let confined = virtio.filter { $0.attachedPool != nil }
    guard let example = confined.first else { return }
    for device in virtio where device.memoryRegion == nil {
      guard case .allMemory(because: .notConfined) = device.outcome else { continue }
      guard view.features == nil || device.features != nil else { continue }
      report(
        "nothing confines this device, while \(confined.count) of \(virtio.count) have a pool",
        at: .node(device.node), expected: "memory-region with a restricted pool",
        related: [Party("is confined", at: .node(example.node))])
    }
  }
}
