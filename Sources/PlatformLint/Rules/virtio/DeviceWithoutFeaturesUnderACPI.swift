import ACPI
import Diagnostics
import GuestView

/// Who says what devices offer should say it of each that an IOMMU confines.
enum DeviceWithoutFeaturesUnderACPI: TableRule {
  static let id = "virtio/device-without-features-under-acpi"
  static let severity = Severity.error
  static let summary =
    "nothing is said of what a device of tables offers, and its confinement depends on it"
  static let rationale = """
    An IOMMU counts for virtio devices that offer VIRTIO_F_ACCESS_PLATFORM. Of this one nobody said whether it does, \
    though it was said of others.
    """
  static let consequence = """
    if the VMM doesn't offer the feature, the device uses guest-physical addresses, and the IOMMU is of no use
    """
  static let help = "add the device to the features, by its path in the namespace"
  static let exceptions =
    "PCI hosts, whose functions are told one by one, and devices without an IOMMU."
  static let sources = [Source.linux("drivers/virtio/virtio_ring.c", "vring_use_dma_api")]
  static let needs: Inputs = [.tables, .features]
  static let goodTables = [
    two.with(features: [offer("VIO0"), offer("VIO2")]),
    TableExample([
      TableExamples.virtio(),
      TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49),
    ])
    .with(features: [offer("VIO1")]),
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0"], tables: two.tables).with(features: [offer("VIO2")]),
    TableExample(at: ["\\_SB.VIO0", "\\_SB.VIO2"], tables: two.tables).with(features: []),
  ]

  private static let two = TableExamples.behindVirtioIOMMU(
    others: [TableExamples.virtio("VIO2", uid: 2, base: 0x0a00_0400, interrupt: 50)])

  private static func offer(_ name: String) -> DeviceFeatures.Device {
    .init(node: "\\_SB." + name, type: 2, featureBits: [32, 33])
  }

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.features != nil else { return }
    for (device, outcome) in report.shared.dmaDevices {
      guard device.isVirtioMMIO, case .iommu = outcome, view.features(of: device) == nil else {
        continue
      }
      report("nothing is said of what this device offers", at: device.place)
    }
  }
}
