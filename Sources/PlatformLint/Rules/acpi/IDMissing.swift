import ACPI
import Diagnostics
import GuestView

/// A device says what it is, or where.
enum IDMissing: TableRule {
  static let id = "acpi/id-missing"
  static let severity = Severity.warning
  static let summary = "a device has neither _HID nor _ADR"
  static let rationale = """
    A driver is looked for by _HID, _CID or _CLS, and a device on a bus that can be enumerated is matched by \
    _ADR. A device with none of them is only a name.
    """
  static let consequence = "no driver is looked for"
  static let help = "add a _HID, or an _ADR for a function of PCI"
  static let sources = [
    Source.acpi("6.1"), .linux("drivers/acpi/scan.c", "acpi_set_pnp_ids"),
  ]
  static let alsoKnownAs = ["iasl: 3141"]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0"], [.device("VIO0", [.name("_UID", .integer(0))])])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices {
      let says = ["_HID", "_ADR", "_CID", "_CLS", "_SUN"] as [NameSegment]
      guard !says.contains(where: { device.object.child($0) != nil }) else { continue }
      report("there is neither _HID nor _ADR", at: device.place)
    }
  }
}
