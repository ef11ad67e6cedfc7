import ACPI
import Diagnostics
import GuestView

/// A table without AML has the fields that it says.
enum TableMalformed: TableRule {
  static let id = "acpi/table-malformed"
  static let severity = Severity.error
  static let summary = "a table is cut short, or refers to a part of itself that isn't there"
  static let rationale = """
    APIC, IORT, VIOT and their like are lists of parts, each with its length, that name others by their \
    offsets. A length that leads past the end, or an offset at which no part begins, means that the guest reads \
    something else, or nothing.
    """
  static let consequence = "Linux stops reading the table, or reads bytes that mean something else"
  static let help = "correct the length or the offset at the place that is named"
  static let sources = [
    Source.linux("drivers/acpi/viot.c", "viot_check_bounds"),
    .linux("drivers/acpi/arm64/iort.c", "iort_scan_node"), .acpi("5.2.34"),
    .program("rust-vmm acpi_tables", "pull request 11: the header length of VIOT"),
  ]
  private static let viot = TableExample.written { () throws(ACPIError) in
    try VIOT([
      .mmioIOMMU(base: 0x0a00_0200), .mmioEndpoint(id: 0, base: 0x0a00_0000, output: 0),
    ]).bytes()
  }
  private static let pair = [
    TableExamples.virtio(),
    TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49),
  ]
  static let goodTables = [TableExample(pair, with: [viot])]
  static let badTables = [
    TableExample(
      at: ["VIOT"], pair,
      with: [edited(viot) { $0[80] = 0x31 }],
      note: "In the bytes, the output node of the endpoint is 0x31, where no node begins.")
  ]

  private static func edited(_ bytes: [UInt8], _ edit: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes = bytes
    guard bytes.count > 80 else { return bytes }
    edit(&bytes)
    TableExample.sum(&bytes)
    return bytes
  }

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    var problems: [(Int, ACPIError?)] = []
    for part: (any ReadTable)? in [
      view.madt, view.mcfg, view.iort, view.viot, view.gtdt, view.spcr, view.dbg2, view.fadt,
    ] {
      if let part { problems.append((part.number, part.problem)) }
    }
    for (table, problem) in problems {
      guard let problem else { continue }
      report(problem.message, at: view.place(of: problem, inTable: table))
    }
  }
}
