import ACPI
import Diagnostics
import GuestView

/// An IOMMU of tables without a driver confines nothing.
enum IOMMUNotBuiltUnderACPI: TableRule {
  static let id = "guest/iommu-not-built-under-acpi"
  static let severity = Severity.error
  static let summary =
    "the kernel was built without the driver of an IOMMU that tables put in front of devices"
  static let rationale = """
    Linux asks whether the driver of the IOMMU was built at all. If it wasn't, the device is taken to have no IOMMU, at \
    once and without a word. Debian 12 has no driver for a virtio-iommu.
    """
  static let consequence = """
    the devices come up without the IOMMU and use all of the guest's memory, as far as the VMM lets them
    """
  static let help = "build the kernel with the driver of the IOMMU"
  static let exceptions = "IOMMUs other than those of Arm, virtio, Intel and AMD."
  static let sources = [
    Source.linux("drivers/acpi/viot.c", "viot_dev_iommu_init"),
    .linux("drivers/acpi/arm64/iort.c", "iort_iommu_xlate", "iort_iommu_driver_enabled"),
    .linux("drivers/iommu/intel/Kconfig"), .linux("drivers/iommu/amd/Kconfig"),
  ]
  static let needs: Inputs = [.tables, .guestConfiguration]
  static let goodTables = [
    TableExamples.behindVirtioIOMMU().with(guest: GuestExamples.kernel(asModules: [.virtioIOMMU])),
    TableExample([TableExamples.virtio()]).with(
      guest: GuestExamples.kernel(without: [.virtioIOMMU])),
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0"], tables: TableExamples.behindVirtioIOMMU().tables)
      .with(guest: GuestExamples.kernel(without: [.virtioIOMMU]))
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let guest = view.guest, guest.has(.acpi) else { return }
    var told: Set<TableIOMMU> = []
    for (device, iommu) in view.translatedDevices {
      guard let driver = iommu.driver, !guest.has(driver), told.insert(iommu).inserted else {
        continue
      }
      report(
        "\(guest.name) has no driver for \(iommu.name), which this device is behind",
        at: device.place,
        found: "CONFIG_\(driver.rawValue) is not set", expected: "CONFIG_\(driver.rawValue)=y")
    }
  }
}
