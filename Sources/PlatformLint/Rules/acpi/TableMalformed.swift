import ACPI
import Diagnostics
import GuestView

/// A table without AML has the fields that it says.
enum TableMalformed: TableRule {
  static let id = "acpi/table-malformed"
  static let severity = Severity.error
  static let summary = "a table is cut short, or refers to a part of itself that isn't there"
  static let exceptions = """
    Of SRAT, SLIT, PPTT, HMAT, DMAR, IVRS and RHCT the parts are looked at and not what they say; of others, header and \
    checksum alone. The report names them.
    """
  static let rationale = """
    APIC, IORT, SRAT and their like are lists of parts, each with its length, that name others by their \
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
  private static func slit(_ distance: UInt8) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try TableHeader("SLIT", revision: 1, oemTableID: "EXAMPLE").table(
        [2, 0, 0, 0, 0, 0, 0, 0, 10, distance, distance, 10])
    }
  }
  private static func srat(_ length: UInt8) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try TableHeader("SRAT", revision: 3, oemTableID: "EXAMPLE").table(
        [1, 0, 0, 0] + [UInt8](repeating: 0, count: 8) + [3, length]
          + [UInt8](repeating: 0, count: 16))
    }
  }
  static let goodTables = [
    TableExample(pair, with: [viot]), TableExample(tables: [slit(20), srat(18)]),
  ]
  static let badTables = [
    TableExample(at: ["SLIT"], tables: [slit(10)]),
    TableExample(
      at: ["SRAT: entry[0]"], tables: [srat(0)],
      note: "In the bytes, the length of the entry is 0."),
    TableExample(
      at: ["VIOT: node[1]"], pair,
      with: [edited(viot) { $0[80] = 0x31 }],
      note: "In the bytes, the output node of the endpoint is 0x31, where no node begins."),
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
    for (number, structure) in report.shared.structures {
      let others = structure.problems.filter { $0.kind != .unknownType }
      for problem in others {
        report(
          problem.message, at: view.place(of: problem, inTable: number),
          log: log(of: problem, in: view.set.tables[number].header.signature),
          consequence: consequence(of: problem.kind))
      }
      // What the reader of such a table says follows from what its parts are.
      guard others.isEmpty, let problem = problems.first(where: { $0.0 == number })?.1 else {
        continue
      }
      let element = problem.byteOffset.flatMap { structure.part(at: $0)?.element }
      let place = view.place(of: problem, inTable: number)
      report(
        problem.messageWithOffset,
        at: TablePlace(
          table: number, node: place.node, element: element, byteRange: place.byteRange))
    }
  }

  /// What the kernel logs; nothing of most.
  private static func log(
    of problem: TableStructure.Problem, in signature: String
  ) -> TableLogText {
    switch (problem.kind, signature) {
    case (.value, "SLIT"): .line("SLIT table looks invalid. Not used.")
    default: .nothing
    }
  }

  private static func consequence(of kind: TableStructure.Problem.Kind) -> String? {
    switch kind {
    case .short: "the guest refuses the part, or the whole table, and what it describes isn't there"
    case .count:
      "the guest goes by the number, and what stands behind the last part that it counts isn't there"
    case .reference: "the guest doesn't find what is referred to, and goes on without it"
    case .value: "the guest doesn't use the table"
    case .length, .unknownType: nil
    }
  }
}
