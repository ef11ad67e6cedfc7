import ACPI
import Diagnostics
import GuestView

/// The units of a field lie in their region.
enum FieldPastRegion: TableRule {
  static let id = "acpi/field-past-region"
  static let severity = Severity.error
  static let summary = "a unit of a field ends behind its operation region"
  static let rationale = """
    An OperationRegion has a length, and each access to a unit of a field in it is held against that. One that \
    ends behind it can't be read or written.
    """
  static let consequence = "a method that uses the unit ends with AE_AML_REGION_LIMIT"
  static let logExample: String? =
    "ACPI Error: Field [STAT] Base+Offset+Width 4+0+4 is beyond end of region [REGS] (length 4)"
  static let help = "make the region longer, or the field shorter"
  static let exceptions = "A region whose length is computed is left alone."
  static let sources = [
    Source.acpi("19.6.47"),
    .linux("drivers/acpi/acpica/exfldio.c", "acpi_ex_setup_region"),
  ]
  static let alsoKnownAs = ["iasl: 6031"]
  private static func registers(_ length: UInt64) -> [Term] {
    [
      .operationRegion(
        OperationRegion(
          "REGS", .systemMemory, offset: .integer(0x0901_0000), length: .integer(length))),
      .field(
        Field(
          .region("REGS"), access: .doubleWord,
          [.named("CTRL", bits: 32), .named("STAT", bits: 32)])),
    ]
  }
  static let goodTables = [TableExample(registers(8))]
  static let badTables = [TableExample(at: ["\\_SB"], registers(4))]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for fault in report.shared.faults {
      guard case .fieldPastRegion(let region, let length, let needed) = fault.kind else { continue }
      report(
        "the field ends behind \(region)", at: TablePlace(fault), found: "\(needed) bytes",
        expected: "at most \(length)")
    }
  }
}
