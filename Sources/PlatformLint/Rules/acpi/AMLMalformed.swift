import ACPI
import Diagnostics
import GuestView

/// AML is what the grammar of ACPI allows.
enum AMLMalformed: TableRule {
  static let id = "acpi/aml-malformed"
  static let severity = Severity.error
  static let summary = "the bytes are no AML"
  static let rationale = """
    Every term starts with an opcode, and those that hold others say how many bytes they have. A length past \
    the end of what it is in, a byte that starts no term, or a value that nobody takes means that the table was \
    written wrongly or cut. What follows in the same block can't be trusted, and isn't read. One generator \
    writes the opcode of PowerResource as 84 5b, which is 5b 84.
    """
  static let consequence =
    "the interpreter leaves out what it can't read, and may leave out what stands behind it"
  static let logExample: String? =
    "ACPI BIOS Error (bug): Could not resolve symbol [\\_SB.VIO0._CRS], AE_NOT_FOUND"
  static let help =
    "write the table with a tool that computes lengths, or correct the bytes at the offset"
  static let sources = [
    Source.acpi("20.2"), .linux("drivers/acpi/acpica/psloop.c", "acpi_ps_parse_loop"),
    .program("rust-vmm acpi_tables", "src/aml.rs, PowerResource"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB"],
      [.powerResource(PowerResource("PWR0", systemLevel: 0, resourceOrder: 0, body: []))],
      note: "In the bytes, the opcode of PowerResource is 84 5b.",
      edit: { bytes in
        guard let range = bytes.firstRange(of: [0x5b, 0x84]) else { return }
        bytes.replaceSubrange(range, with: [0x84, 0x5b])
      }),
    TableExample(
      at: ["SSDT"], [.name("VERS", .integer(2))],
      note: "In the bytes, the PkgLength of Scope is 4 more than what there is.",
      edit: { bytes in
        guard bytes.count > 37 else { return }
        bytes[37] += 4
      }),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    // A limit is ours, and no fault of the table.
    let others: [ACPIError.Code] = [.duplicateName, .unresolvedName, .limitExceeded]
    let all = zip(view.namespace.problems, view.namespace.problemTables).filter {
      !others.contains($0.0.code)
    }
    var index = 0
    while index < all.count {
      let (problem, table) = all[index]
      // Bytes that are no AML at all say the same many times.
      let alike = all[index...].prefix {
        $0.1 == table && $0.0.message == problem.message && $0.0.objectPath == problem.objectPath
      }
      index += alike.count
      let more = alike.count > 1 ? ", and \(alike.count - 1) more behind" : ""
      let isSwapped =
        problem.byteOffset.map {
          view.set.tables[table].file.dropFirst($0).starts(with: [0x84, 0x5b])
        } ?? false
      report(
        isSwapped
          ? "84 5b starts no term: the bytes of the opcode of PowerResource are swapped"
          : problem.messageWithOffset + more,
        at: view.place(of: problem, inTable: table),
        severity: problem.code == .reservedBits ? .warning : nil)
    }
  }
}
