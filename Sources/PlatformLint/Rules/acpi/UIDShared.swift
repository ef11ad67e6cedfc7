import ACPI
import Diagnostics
import GuestView

/// Devices of one `_HID` have a `_UID` each.
enum UIDShared: TableRule {
  static let id = "acpi/uid-shared"
  static let severity = Severity.warning
  static let summary = "two devices of one _HID have the same _UID, or have none"
  static let rationale = """
    The object _UID is what tells devices of one _HID apart from boot to boot, and what other tables name them by. Linux \
    counts devices and doesn't look; Windows takes two devices of one _HID and _UID for one that is broken.
    """
  static let consequence =
    "Linux works; Windows stops with ACPI_BIOS_ERROR, or shows one of the devices"
  static let help = "give each device of one _HID another _UID"
  static let exceptions =
    "Devices that an If makes, and ids that a method computes, are not compared."
  static let sources = [
    Source.acpi("6.1.12"), .linux("drivers/acpi/scan.c", "acpi_device_set_name"),
    .program("fwts", "src/acpi/uniqueid"),
  ]
  static let alsoKnownAs = ["fwts: uniqueid"]
  static let goodTables = [
    TableExample([
      TableExamples.virtio(),
      TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49),
    ])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO1: _UID"],
      [
        TableExamples.virtio(),
        TableExamples.virtio("VIO1", uid: 0, base: 0x0a00_0200, interrupt: 49),
      ])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    struct Key: Hashable {
      var hardware: String
      var unique: UniqueID?
    }
    var first: [Key: TableDevice] = [:]
    for device in view.devices where !device.isConditional {
      guard let hardware = device.hardwareID.value?.text, device.uniqueID.problem == nil else {
        continue
      }
      let key = Key(hardware: hardware, unique: device.uniqueID.value)
      guard let other = first[key] else {
        first[key] = device
        continue
      }
      guard let unique = key.unique else {
        report(
          "there are several \(hardware), and this has no _UID", at: device.place,
          related: [TableParty("has none either", at: other.place)], severity: .note)
        continue
      }
      report(
        "a _UID that another \(hardware) has", at: device.place(of: "_UID"), found: unique.text,
        related: [TableParty("has it too", at: other.place(of: "_UID"))])
    }
  }
}

extension UniqueID {
  /// As a report has it.
  fileprivate var text: String {
    switch self {
    case .integer(let number): "\(number)"
    case .string(let string): "\"\(string)\""
    }
  }
}
