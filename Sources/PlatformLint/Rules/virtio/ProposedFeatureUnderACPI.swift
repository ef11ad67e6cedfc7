import ACPI
import Diagnostics
import GuestView

/// A device of tables should not be counted on for a feature that is only proposed.
enum ProposedFeatureUnderACPI: TableRule {
  static let id = "virtio/proposed-feature-under-acpi"
  static let severity = Severity.warning
  static let summary =
    "a device of the tables offers a feature that was proposed, and that no Linux negotiates"
  static let rationale = """
    VIRTIO_F_SWIOTLB, which was to be called VIRTIO_F_RESTRICTED_DMA, was proposed in April 2025 as bit 27. It is in no \
    version of the standard and in no Linux. The guest turns it down, and under ACPI, where no device is tied to a \
    pool, its buffers lie anywhere in memory unless an IOMMU is in front of it.
    """
  static let consequence =
    "the driver turns the bit down, the device works all the same, and the bit confines nothing"
  static let help = """
    don't offer it; put the device behind an IOMMU and offer VIRTIO_F_ACCESS_PLATFORM, or call it VIRTIO_F_ANY_LAYOUT \
    where a driver from before the standard is meant
    """
  static let exceptions = ProposedFeature.exceptions
  static let sources = ProposedFeature.sources
  static let needs: Inputs = [.tables, .features]
  static let goodTables = [
    TableExample([TableExamples.virtio()]).with(features: [offer([32, 33])]),
    TableExample([TableExamples.virtio()]).with(features: [
      offer([27, 32, 33], names: [27: "VIRTIO_F_ANY_LAYOUT"])
    ]),
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0"], [TableExamples.virtio()]).with(features: [
      offer([27, 32, 33])
    ])
  ]

  private static func offer(
    _ bits: [Int], names: [Int: String] = [:]
  ) -> DeviceFeatures.Device {
    .init(node: "\\_SB.VIO0", type: 2, featureBits: bits, names: names)
  }

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for offering in report.shared.offeringDevices {
      let features = offering.features
      guard let name = features.proposal(onPCI: features.requesterID != nil) else { continue }
      report(
        "the device offers \(name), which is only proposed (\(Proposal.swiotlb.origin))",
        at: offering.device.place, found: "feature bit 27",
        expected:
          "VIRTIO_F_ACCESS_PLATFORM (33), and an IOMMU in front of the device, to confine it")
    }
  }
}
