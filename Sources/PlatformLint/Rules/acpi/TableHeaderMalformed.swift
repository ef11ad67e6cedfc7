import ACPI
import Diagnostics
import GuestView

/// A table is as long as its header says.
enum TableHeaderMalformed: TableRule {
  static let id = "acpi/table-header-malformed"
  static let severity = Severity.error
  static let summary = "the length in a header is not that of the table"
  static let rationale = """
    The header says how long the table is, and what is mapped, summed and read goes by that. A file that is \
    shorter was cut; bytes behind the last table are read by nobody.
    """
  static let consequence = "the guest reads on into what lies behind the table, or refuses it"
  static let logLine: String? = "File length does not match table length"
  static let help = "write the length of all bytes of the table, the header's 36 included"
  static let sources = [
    Source.acpi("5.2.6"), .linux("drivers/acpi/tables.c", "acpi_table_initrd_init"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["SSDT"],
      tables: [
        TableExample.written { () throws(ACPIError) in
          try Array(
            DefinitionBlock.ssdt("EXAMPLE", [.scope("\\_SB", [.name("VERS", .integer(2))])]).bytes()
              + [0, 0, 1])
        }
      ], note: "In the bytes, three bytes stand behind the table."),
    TableExample(
      at: ["SSDT"],
      tables: [
        TableExample.written { () throws(ACPIError) in
          var bytes = try DefinitionBlock.ssdt(
            "EXAMPLE", [.scope("\\_SB", [.name("VERS", .integer(2))])]
          ).bytes()
          bytes[4] &+= 8
          TableExample.sum(&bytes)
          return bytes
        }
      ], note: "In the bytes, the length in the header is 8 more than there are."),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for (member, content) in view.set.members.enumerated() {
      for problem in content.file.problems where problem.code != .badChecksum {
        let table = view.table(at: problem.byteOffset ?? 0, inMember: member)
        report(problem.message, at: view.place(of: problem, inTable: table))
      }
    }
  }
}
