import ACPI
import Diagnostics
import GuestView

/// A part of a table is of a type that some specification has.
enum UnknownPart: TableRule {
  static let id = "acpi/unknown-part"
  static let severity = Severity.warning
  static let summary = "a part of a table is of a type that no specification has"
  static let rationale = """
    The parts of APIC, IORT, SRAT and their like say by their type what they describe. A guest passes over a type that it \
    doesn't know, so that one wrong byte takes a processor or an SMMU away, and nothing is said.
    """
  static let consequence = "the guest passes over the part, and what it was to describe isn't there"
  static let help = "write the type of what is described, or leave the part out"
  static let exceptions =
    "Types of APIC from 0x80 on, which makers may use; and those of IVRS and GTDT."
  static let sources = [
    Source.acpi("5.2.12"), .linux("lib/fw_table.c", "acpi_parse_entries_array"),
    .linux("drivers/acpi/arm64/iort.c", "iort_scan_node"),
  ]
  private static func table(_ type: UInt8?) -> [[UInt8]] {
    [
      TableExample.written { () throws(ACPIError) in
        try MADT(
          [
            .gicd(id: 0, address: 0x0800_0000, version: 3), .gicc(GICC(uid: 0, mpidr: 0)),
            .gicr(address: 0x080a_0000, length: 0x2_0000),
          ] + (type.map { [.other(type: $0, payload: [0, 0, 1, 0, 0, 0])] } ?? [])
        ).bytes()
      }
    ]
  }
  static let goodTables = [
    TableExample(in: .none, tables: table(nil)), TableExample(in: .none, tables: table(0x80)),
  ]
  static let badTables = [TableExample(in: .none, at: ["APIC: entry[3]"], tables: table(0x30))]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for (number, structure) in report.shared.structures {
      for problem in structure.problems where problem.kind == .unknownType {
        report(problem.message, at: view.place(of: problem, inTable: number))
      }
    }
  }
}
