import ACPI
import Diagnostics
import GuestView

/// A `Scope` adds to an object that some table declares.
enum UnresolvedName: TableRule {
  static let id = "acpi/unresolved-name"
  static let severity = Severity.error
  static let summary = "a Scope adds to an object that no table declares"
  static let rationale = """
    A Scope opens an object that exists. Where the table that declares it isn't there, or is loaded later, the \
    interpreter leaves the whole Scope out, and the devices in it are not there.
    """
  static let consequence = "everything in the Scope is left out"
  static let logLine: String? =
    "ACPI BIOS Error (bug): Could not resolve symbol [<node>], AE_NOT_FOUND"
  static let help = "declare the object, correct the path, or give the table that has it as well"
  static let exceptions = """
    An object that an External announces is taken to be in a table that wasn't given. So are all of a single \
    SSDT: whether the DSDT has them can be told only with it.
    """
  static let sources = [
    Source.acpi("19.6.122"), .linux("drivers/acpi/acpica/dswload2.c", "acpi_ds_load2_begin_op"),
    .observed("an SSDT with a Scope that no table declares: the rest of it is loaded"),
  ]
  static let goodTables = [
    TableExample([
      .device("BUS0", [.name("_HID", .string("ACPI0004")), .name("_UID", .integer(0))]),
      .scope("\\_SB.BUS0", [TableExamples.virtio()]),
    ])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.BUS1"],
      tables: [
        TableExample.written { () throws(ACPIError) in
          try DefinitionBlock(
            TableHeader("DSDT", revision: 2, oemTableID: "EXAMPLE"),
            [.scope("\\_SB", [.scope("\\_SB.BUS1", [TableExamples.virtio()])])]
          ).bytes()
        }
      ])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    // A table for a machine of somebody else's names what is in its DSDT.
    guard !view.set.tables(named: "DSDT").isEmpty else { return }
    for (problem, table) in zip(view.namespace.problems, view.namespace.problemTables)
    where problem.code == .unresolvedName {
      let place = view.place(of: problem, inTable: table)
      // What comes behind `Scope of` is the path, which is where it belongs.
      let words = problem.message.split(separator: " ")
      let path =
        words.count > 2 && words[0] == "Scope"
        ? String(words[2].prefix { $0 != "," }) : place.node
      report(
        words.first == "Scope" ? "a Scope of what no table declares" : problem.message,
        at: TablePlace(table: table, node: path, byteRange: place.byteRange))
    }
  }
}
