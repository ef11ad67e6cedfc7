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
    PCI functions that no features tell of, since a tree does not show what is on a bus; devices \
    that the features do not list, where features are given: those are empty slots; and IOMMUs.
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
      """),
    Example(
      in: .pci, features: functions,
      """
      &pci {  // finding
        disk@1,0 {
          reg = <0x800 0x0 0x0 0x0 0x0>;
          memory-region = <&bounce>;
        };
      };
      """),
  ]

  private static let functions = DeviceFeatures(devices: [
    .init(
      node: "/pcie@4010000000", requesterID: 0x8, type: 2, featureBits: [32, 33],
      queueSizes: [256]),
    .init(
      node: "/pcie@4010000000", requesterID: 0x10, type: 1, featureBits: [32],
      queueSizes: [256, 256]),
  ])

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let virtio =
      view.dmaDevices.filter { $0.kind == .virtioMMIO || isVirtioFunction($0) }
      + view.hiddenFunctions
    let confined = virtio.filter { $0.effectivePool != nil }
    guard let example = confined.first else { return }
    for device in virtio where device.effectiveMemoryRegion == nil {
      guard case .allMemory(because: .notConfined) = device.outcome else { continue }
      guard view.features == nil || device.features != nil else { continue }
      report(
        "nothing confines this device, while \(confined.count) of \(virtio.count) have a pool",
        at: .device(device), expected: "memory-region with a restricted pool",
        related: [Party("is confined", at: .device(example))])
    }
  }

  /// Other functions may be anything.
  private static func isVirtioFunction(_ device: DMADevice) -> Bool {
    device.kind == .pciFunction && device.features != nil
  }
}
