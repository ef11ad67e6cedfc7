import DeviceTree
import Diagnostics
import GuestView

/// Who says what devices offer should say it of each.
enum DeviceWithoutFeatures: Rule {
  static let id = "virtio/device-without-features"
  static let severity = Severity.error
  static let summary = "nothing is said of what a device offers, and its confinement depends on it"
  static let rationale = """
    A pool or an IOMMU counts for devices that offer VIRTIO_F_ACCESS_PLATFORM. Of this one nobody said \
    whether it does, though somebody told what the machine's devices offer.
    """
  static let consequence = """
    if the VMM doesn't offer the feature, the device uses all of memory, and the log names the pool all \
    the same
    """
  static let help = "add the device to the features, or leave out its memory-region or iommus"
  static let exceptions = """
    PCI hosts, whose functions are told one by one, functions of other vendors than virtio's, and devices \
    that nothing confines.
    """
  static let sources = [Source.linux("drivers/virtio/virtio_ring.c", "vring_use_dma_api")]
  static let needs: Inputs = [.tree, .features]

  static let good = [example([2, 1], "")]
  static let bad = [example([1], "  // finding"), nothing]

  private static let nothing = Example(
    features: DeviceFeatures(devices: []),
    """
    &disk {  // finding
      memory-region = <&bounce>;
    };
    &net {  // finding
      memory-region = <&bounce>;
    };
    """)

  private static func example(_ types: [UInt32], _ marker: String) -> Example {
    Example(
      features: DeviceFeatures(
        devices: GuestExamples.usualFeatures.filter { types.contains($0.type) }),
      """
      &disk {\(marker)
        memory-region = <&bounce>;
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.features != nil else { return }
    for device in view.dmaDevices
    where device.features == nil && device.outcome.isConfined && isVirtio(device) {
      report("nothing is said of what this device offers", at: .device(device))
    }
  }

  /// **Source:** VIRTIO 1.3, section 4.1.2: the vendor 1af4.
  private static func isVirtio(_ device: DMADevice) -> Bool {
    switch device.kind {
    case .virtioMMIO: true
    case .pciHost: false
    case .pciFunction:
      device.node.property("compatible")?.strings?.contains { $0.hasPrefix("pci1af4,") } ?? false
    }
  }
}
