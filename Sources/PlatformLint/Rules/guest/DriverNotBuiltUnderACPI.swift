import ACPI
import Diagnostics
import GuestView

/// Without its driver a virtio device of tables stays idle.
enum DriverNotBuiltUnderACPI: TableRule {
  static let id = "guest/driver-not-built-under-acpi"
  static let severity = Severity.warning
  static let summary = "the kernel was built without the driver of a device that tables describe"
  static let rationale = "The transport finds the device, and nobody takes it."
  static let consequence = "the device stays idle, without a word"
  static let help = "build the kernel with the option, or leave the device out"
  static let sources = [Source.linux("drivers/virtio/virtio.c", "virtio_dev_match")]
  static let needs: Inputs = [.tables, .features, .guestConfiguration]
  static let goodTables = [
    example().with(features: [disk], guest: GuestExamples.kernel(asModules: [.virtioBlk]))
  ]
  static let badTables = [
    example(at: ["\\_SB.VIO0"]).with(
      features: [disk], guest: GuestExamples.kernel(without: [.virtioBlk]))
  ]

  private static let disk = DeviceFeatures.Device(
    node: "\\_SB.VIO0", type: 2, featureBits: [32, 33])

  private static func example(at places: [String] = []) -> TableExample {
    TableExample(at: places, [TableExamples.virtio()])
  }

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let guest = view.guest, guest.has(.acpi) else { return }
    for offering in report.shared.offeringDevices {
      guard let driver = GuestOption.driver(ofType: offering.features.type), !guest.has(driver)
      else { continue }
      report(
        offering.features.requesterID.map {
          "\(guest.name) has no driver for the function \(DMADevice.functionName($0))"
        }
          ?? "\(guest.name) has no driver for this device",
        at: offering.device.place,
        found: "CONFIG_\(driver.rawValue) is not set", expected: "CONFIG_\(driver.rawValue)=y or m")
    }
  }
}
