import ACPI
import Diagnostics
import GuestView

/// A device that is described is there, unless somebody meant otherwise.
enum DeviceNotPresent: TableRule {
  static let id = "acpi/device-not-present"
  static let severity = Severity.note
  static let summary = "a device is not there, because a _STA says so for good"
  static let rationale = """
    A _STA whose bits 0 and 3 are 0 means that the device, and all below it, is neither present nor working. \
    Written down as a number, that holds for ever.
    """
  static let consequence = "Linux looks for no driver, here and below"
  static let help = "leave _STA out, or give it 15, if the guest is to have the device"
  static let sources = [
    Source.linux("drivers/acpi/scan.c", "acpi_device_is_present", "acpi_bus_attach"),
    .acpi("6.3.7"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _STA"],
      [TableExamples.virtio(more: [.name("_STA", .integer(0))])])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices where device.doesDMA {
      guard let status = device.absentBecauseOf, let parent = status.parent,
        let table = status.table, let range = status.byteRange
      else { continue }
      let isOwn = parent.path == device.path
      report(
        isOwn ? "its _STA says that it is not there" : "the _STA above says that it is not there",
        at: isOwn
          ? TablePlace(
            table: table, node: device.path, property: "_STA", byteRange: range) : device.place)
    }
  }
}
