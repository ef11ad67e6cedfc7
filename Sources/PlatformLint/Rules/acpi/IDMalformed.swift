import ACPI
import Diagnostics
import GuestView

/// A hardware id is one of PNP or of ACPI, in capitals.
enum IDMalformed: TableRule {
  static let id = "acpi/id-malformed"
  static let severity = Severity.error
  static let summary = "a hardware id is none that a driver could have"
  static let rationale = """
    An id is three letters, or four letters and digits, and four hexadecimal digits, all in capitals; compressed \
    into a number, three letters and four digits. Drivers are compared with it letter by letter, and the name of a \
    binding such as virtio,mmio is no id.
    """
  static let consequence = "no driver is found, and nothing is logged"
  static let help =
    "write LNRO0005 for virtio-mmio, or PRP0001 with the name of the binding in a _DSD"
  static let exceptions = """
    Small letters are a warning, since Linux makes capitals of them. So are other texts: some VMMs have ids of their own \
    making, QEMUVGID and VMBus for instance, which their drivers know.
    """
  static let sources = [
    Source.acpi("6.1.5"), .linux("drivers/acpi/bus.c", "__acpi_match_device"),
    .linux("drivers/acpi/acpica/nsrepair2.c", "acpi_ns_repair_HID"),
    .observed("a _HID of prp0001: the disk works as with PRP0001"),
  ]
  static let alsoKnownAs = ["iasl: 6002", "iasl: 6136"]
  static let goodTables = [
    TableExample([TableExamples.virtio()]),
    TableExample([TableExamples.pciHost()], with: [TableExamples.mcfg()]),
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0: _HID"], [TableExamples.virtio(id: .string("virtio,mmio"))]),
    TableExample(at: ["\\_SB.VIO0: _HID"], [TableExamples.virtio(id: .string("lnro0005"))]),
    TableExample(at: ["\\_SB.VIO0: _HID"], [TableExamples.virtio(id: .string("LNRO005"))]),
    TableExample(at: ["\\_SB.VIO0: _HID"], [TableExamples.virtio(id: .integer(0xffff_ffff))]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices {
      if let problem = device.hardwareID.problem, problem.code == .badValue {
        report("the _HID is \(problem.message)", at: device.place(of: "_HID"))
      }
      if let problem = device.compatibleIDs.problem, problem.code == .badValue {
        report("a _CID is \(problem.message)", at: device.place(of: "_CID"))
      }
      guard let id = device.hardwareID.value, !isID(id.text) else { continue }
      if isID(id.text.uppercased()) {
        report(
          "the _HID is in small letters", at: device.place(of: "_HID"), found: id.text,
          expected: id.text.uppercased(), severity: .warning,
          consequence: "Linux makes capitals of the letters, and finds the driver; others don't")
        continue
      }
      report(
        "the _HID is none of PNP or of ACPI", at: device.place(of: "_HID"), found: id.text,
        expected: "as PNP0A08 or LNRO0005", severity: isMistaken(id.text) ? nil : .warning)
    }
  }

  /// Whether it is nearly an id that a guest's driver has, or the name of a binding.
  private static func isMistaken(_ text: String) -> Bool {
    let capitals = text.uppercased()
    return text.contains(",")
      || ["LNRO0005", "PRP0001", "PNP0A08", "PNP0A03", "ACPI0004"].contains { known in
        capitals == known || Spelling.isNear(capitals, known, edits: 1)
      }
  }

  /// Three letters or four letters and digits, and four digits.
  private static func isID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 7 || bytes.count == 8 else { return false }
    let isCapital = { (byte: UInt8) in (0x41...0x5a).contains(byte) }
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    let vendor = bytes.dropLast(4)
    return vendor.allSatisfy { isCapital($0) || bytes.count == 8 && isDigit($0) }
      && bytes.suffix(4).allSatisfy { isDigit($0) || (0x41...0x46).contains($0) }
  }
}
