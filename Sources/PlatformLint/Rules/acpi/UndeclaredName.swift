import ACPI
import Diagnostics
import GuestView

/// A method uses what some table declares.
enum UndeclaredName: TableRule {
  static let id = "acpi/undeclared-name"
  static let severity = Severity.error
  static let summary = "a method uses an object that no table declares"
  static let rationale = """
    Names in a method are looked up when it runs. One that no table declares ends the method there: a _CRS that calls it \
    has no resources, an _INI is half done. And how many arguments follow a call, only the declaration says.
    """
  static let consequence = """
    the method ends there with an error, and what it was to return isn't there; after a _STA that ends so, Linux takes the \
    device to be there
    """
  static let logExample: String? =
    "ACPI BIOS Error (bug): Could not resolve symbol [\\_SB.VIO0._INI.PREP], AE_NOT_FOUND"
  static let help = "declare the object, correct the name, or give the table that has it as well"
  static let exceptions = """
    An object that an External announces is taken to be in a table that wasn't given. So are all where there is no DSDT. \
    What CondRefOf asks for may be missing, and so may what stands in an If.
    """
  static let sources = [
    Source.acpi("19.6.44"), .linux("drivers/acpi/acpica/psargs.c", "acpi_ps_get_next_namepath"),
    .observed("a _STA and a _CRS that use what nobody declares"),
  ]
  private static func table(_ body: [Term]) -> [[UInt8]] {
    [
      TableExample.written { () throws(ACPIError) in
        try DefinitionBlock(
          TableHeader("DSDT", revision: 2, oemTableID: "EXAMPLE"),
          [
            .scope(
              "\\_SB",
              [
                .method(Method("INIT", argumentCount: 0, body: [])),
                TableExamples.virtio(more: [.method(Method("_INI", argumentCount: 0, body: body))]),
              ])
          ]
        ).bytes()
      }
    ]
  }
  static let goodTables = [TableExample(tables: table([.path("INIT")]))]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0: _INI"], tables: table([.path("PREP")]))
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    // A table for a machine of somebody else's names what is in its DSDT.
    guard !view.set.tables(named: "DSDT").isEmpty else { return }
    for fault in report.shared.faults {
      guard case .undeclaredName(let name) = fault.kind else { continue }
      report("the method uses '\(name)', which no table declares", at: TablePlace(fault))
    }
  }
}
