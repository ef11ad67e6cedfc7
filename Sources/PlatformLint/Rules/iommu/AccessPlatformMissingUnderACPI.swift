import ACPI
import Diagnostics
import GuestView

/// A virtio device that tables put behind an IOMMU must offer VIRTIO_F_ACCESS_PLATFORM.
enum AccessPlatformMissingUnderACPI: TableRule {
  static let id = "iommu/access-platform-missing-under-acpi"
  static let severity = Severity.error
  static let summary =
    "tables put a virtio device behind an IOMMU, and it does not offer VIRTIO_F_ACCESS_PLATFORM"
  static let rationale = """
    Without that feature bit virtio drivers hand out guest-physical addresses and never ask the DMA API, behind \
    which the IOMMU is. Under ACPI there are no restricted pools, so that nothing else confines the device.
    """
  static let consequence = """
    the device is handed guest-physical addresses: the VMM blocks them, or the IOMMU is of no use
    """
  static let help = """
    offer feature bit 33, in QEMU iommu_platform=on, or do not put the device behind the IOMMU
    """
  static let exceptions = "The IOMMU itself, and guests that run on Xen."
  static let sources = [
    Source.linux("drivers/virtio/virtio_ring.c", "vring_use_dma_api"),
    .linux("drivers/acpi/scan.c", "acpi_iommu_configure_id"), .virtio("6.1"),
  ]
  static let needs: Inputs = [.tables, .features]
  static let goodTables = [
    behindIOMMU.with(features: [.init(node: "\\_SB.VIO0", type: 2, featureBits: [32, 33])])
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0"], tables: behindIOMMU.tables)
      .with(features: [.init(node: "\\_SB.VIO0", type: 2, featureBits: [32])])
  ]

  private static let behindIOMMU = TableExamples.behindVirtioIOMMU()

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for offering in report.shared.offeringDevices where !offering.features.isIOMMU {
      guard let iommu = offering.iommu, !offering.features.offersAccessPlatform else { continue }
      let bits = offering.features.featureBits.map(String.init).joined(separator: ", ")
      report(
        offering.features.requesterID.map {
          "the function \(DMADevice.functionName($0)) is behind \(iommu.name) and does not offer VIRTIO_F_ACCESS_PLATFORM"
        } ?? "the device is behind \(iommu.name) and does not offer VIRTIO_F_ACCESS_PLATFORM",
        at: offering.device.place, found: "feature bits \(bits)", expected: "feature bit 33")
    }
  }
}
