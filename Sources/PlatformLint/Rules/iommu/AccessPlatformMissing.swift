import DeviceTree
import Diagnostics
import GuestView

/// A virtio device behind an IOMMU must offer VIRTIO_F_ACCESS_PLATFORM.
enum AccessPlatformMissing: Rule {
  static let id = "iommu/access-platform-missing"
  static let severity = Severity.error
  static let summary = "a virtio device behind an IOMMU does not offer VIRTIO_F_ACCESS_PLATFORM"
  static let rationale = """
    Without that feature bit virtio drivers hand out guest-physical addresses and never ask the DMA \
    API, behind which the IOMMU is. The guest believes the device to be translated, and it isn't.
    """
  static let consequence = """
    the device is handed guest-physical addresses: the VMM blocks them, or the IOMMU is of no use
    """
  static let help = """
    offer feature bit 33, in QEMU iommu_platform=on, or do not put the device behind the IOMMU
    """
  static let exceptions = "Guests that run on Xen, where drivers use the DMA API in any case."
  static let sources = [
    Source.linux("drivers/virtio/virtio_ring.c", "vring_use_dma_api"), .virtio("6.1"),
    .binding("virtio/mmio.yaml"),
  ]
  static let needs: Inputs = [.tree, .features]
  static let good = [Example(in: .iommu, features: features([32, 33]), example(""))]
  static let bad = [
    Example(in: .iommu, features: features([32]), example("  // finding")),
    Example(
      in: .iommu,
      features: DeviceFeatures(
        devices: GuestExamples.usualFeatures + [
          .init(node: "/pcie@4010000000", requesterID: 0x8, type: 2, featureBits: [32])
        ]),
      """
      &pci {  // finding
        iommu-map = <0x0 &smmu 0x0 0x10000>;
      };
      """),
  ]

  private static func features(_ bits: [Int]) -> DeviceFeatures {
    DeviceFeatures(devices: [
      .init(node: "/virtio@a000000", type: 2, featureBits: bits, queueSizes: [256]),
      GuestExamples.usualFeatures[1],
    ])
  }

  private static func example(_ marker: String) -> String {
    """
    &disk {
      /delete-property/ memory-region;
      iommus = <&smmu 1>;\(marker)
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices + view.hiddenFunctions {
      guard let features = device.features, !features.offersAccessPlatform,
        let iommu = device.iommu, device.effectivePool == nil
      else { continue }
      let isOwn = iommu.property.node == device.node && device.hasNode
      report(
        "the device is behind \(iommu.node.name) and does not offer VIRTIO_F_ACCESS_PLATFORM",
        at: isOwn ? .property(iommu.property) : .device(device),
        found: "feature bits \(features.featureBits.map(String.init).joined(separator: ", "))",
        expected: "feature bit 33",
        related: [
          isOwn
            ? Party("is the device", at: .node(device.node))
            : Party("puts the device behind the IOMMU", at: .property(iommu.property))
        ])
    }
  }
}
