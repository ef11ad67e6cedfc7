import ACPI
import Diagnostics
import GuestView

/// An object of the namespace is declared once.
enum NameTaken: TableRule {
  static let id = "acpi/name-taken"
  static let severity = Severity.error
  static let summary = "an object is declared where one of that name is already"
  static let rationale = """
    The tables of a machine share one namespace, and the first that declares a name has it. Another device of \
    the same name, in the same table or in an SSDT beside it, is passed over with all that is in it. \
    iasl refuses such a table where it sees both; where they are in two, nobody does but the guest.
    """
  static let consequence = "the second object isn't made, and the rest of the table is loaded"
  static let logLine: String? =
    "ACPI BIOS Error (bug): Failure creating named object [<node>], AE_ALREADY_EXISTS"
  static let help = "give one of the two another name"
  static let exceptions = "Objects in the branches of an If may share a name: one branch is taken."
  static let sources = [
    Source.acpi("5.3"), .linux("drivers/acpi/acpica/nsaccess.c", "acpi_ns_lookup"),
    .observed("two devices of one name: AE_ALREADY_EXISTS, and the first one works"),
  ]
  static let goodTables = [
    TableExample([
      TableExamples.virtio(),
      TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49),
    ])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0"],
      [
        TableExamples.virtio(), .device("VIO0", [.name("_ADR", .integer(2))]),
      ])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    let dsdts = view.set.tables(named: "DSDT")
    var taken: Set<String> = []
    for (problem, table) in zip(view.namespace.problems, view.namespace.problemTables)
    where problem.code == .duplicateName {
      // Of a second DSDT another rule says that no guest takes it.
      if let first = dsdts.first, dsdts.contains(table), table != first { continue }
      // What is in a device that is there twice has its name for the same reason.
      if let path = problem.objectPath {
        let dot = path.lastIndex(of: ".")
        let isInside = dot.map { taken.contains("\(table) \(path[..<$0])") } ?? false
        taken.insert("\(table) \(path)")
        if isInside { continue }
      }
      let first = problem.objectPath.flatMap(view.namespace.object(at:))?.place
      report(
        "a second object: \(problem.message)", at: view.place(of: problem, inTable: table),
        related: first.map { [TableParty("has the name", at: $0)] } ?? [])
    }
  }
}
