import ACPI
import Diagnostics
import GuestView

/// Integers have 64 bits where the DSDT has revision 2.
enum IntegerCutOff: TableRule {
  static let id = "acpi/integer-cut-off"
  static let severity = Severity.error
  static let summary = "an integer of 64 bits stands in a namespace whose integers have 32"
  static let rationale = """
    The revision of the DSDT says how wide integers are in all tables: 32 bits for revision 1. What is larger \
    loses its upper half, an address above 4 GiB for instance.
    """
  static let consequence = "the interpreter takes the lower 32 bits"
  static let help = "give the DSDT revision 2"
  static let exceptions =
    "An SSDT by itself is judged by its own revision; the DSDT that it meets may have another."
  static let sources = [
    Source.acpi("19.6.28"), .linux("drivers/acpi/acpica/utmisc.c", "acpi_ut_set_integer_width"),
  ]
  static let alsoKnownAs = ["iasl: 3038"]
  private static func table(revision: UInt8) -> [[UInt8]] {
    [
      TableExample.written { () throws(ACPIError) in
        var bytes = try DefinitionBlock(
          TableHeader("DSDT", revision: 2, oemTableID: "EXAMPLE"),
          [.scope("\\_SB", [.name("BASE", .integer(0x80_0000_0000))])]
        ).bytes()
        bytes[8] = revision
        TableExample.sum(&bytes)
        return bytes
      }
    ]
  }
  static let goodTables = [TableExample(tables: table(revision: 2))]
  static let badTables = [TableExample(at: ["\\_SB.BASE"], tables: table(revision: 1))]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for fault in report.shared.faults {
      guard case .wideInteger(let value) = fault.kind else { continue }
      report(
        "the integer has more bits than those of this namespace", at: TablePlace(fault),
        found: ByteText.hex(value), expected: "at most 0xffffffff")
    }
  }
}
