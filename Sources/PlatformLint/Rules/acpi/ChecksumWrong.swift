import ACPI
import Diagnostics
import GuestView

/// The bytes of a table sum to 0.
enum ChecksumWrong: TableRule {
  static let id = "acpi/checksum-wrong"
  static let severity = Severity.error
  static let summary = "the checksum of a table is wrong"
  static let rationale = """
    All bytes of a table sum to 0, and byte 9 is what makes them. A table that was edited, or cut, has another \
    sum. Linux warns of one that firmware gives it, "Incorrect checksum in table", and leaves one alone that comes \
    from an initrd; other systems stop.
    """
  static let consequence =
    "Linux says so and takes the table, but not one from an initrd; Windows stops"
  static let logExample: String? = "ACPI OVERRIDE: Bad table checksum"
  static let help = "compile the table anew, or correct byte 9"
  static let sources = [
    Source.acpi("5.2.6"), .linux("drivers/acpi/acpica/tbprint.c", "acpi_tb_verify_checksum"),
    .linux("drivers/acpi/tables.c", "acpi_table_initrd_init"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["SSDT"],
      tables: [
        TableExample.written { () throws(ACPIError) in
          var bytes = try DefinitionBlock.ssdt(
            "EXAMPLE", [.scope("\\_SB", [TableExamples.virtio()])]
          ).bytes()
          bytes[9] ^= 0xff
          return bytes
        }
      ], note: "In the bytes, the checksum in the header is another.")
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for (member, content) in view.set.members.enumerated() {
      for problem in content.file.problems where problem.code == .badChecksum {
        let table = view.table(at: problem.byteOffset ?? 0, inMember: member)
        report(problem.message, at: view.place(of: problem, inTable: table))
      }
    }
  }
}
