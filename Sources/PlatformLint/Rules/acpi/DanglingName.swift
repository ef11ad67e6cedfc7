import ACPI
import Diagnostics
import GuestView

/// A name in a package stands for an object of some table.
enum DanglingName: TableRule {
  static let id = "acpi/dangling-name"
  static let severity = Severity.error
  static let summary = "a package names an object that no table declares"
  static let rationale = """
    Names in packages, in a _DSD or a _PRT for instance, are looked up when the package is made. One that leads \
    nowhere takes the whole package with it.
    """
  static let consequence = "the package can't be had: the properties, or the routes, are not there"
  static let logLine: String? =
    "ACPI Error: AE_NOT_FOUND, While resolving a named reference package element"
  static let help = "correct the path, or declare the object"
  static let exceptions = "Without a DSDT nobody can tell what else there is, and nothing is said."
  static let sources = [
    Source.acpi("19.6.101"),
    .linux("drivers/acpi/acpica/dspkginit.c", "acpi_ds_resolve_package_element"),
  ]
  private static func table(_ path: NamePath) -> [[UInt8]] {
    [
      TableExample.written { () throws(ACPIError) in
        try DefinitionBlock(
          TableHeader("DSDT", revision: 2, oemTableID: "EXAMPLE"),
          [
            .scope(
              "\\_SB",
              [
                TableExamples.byCompatible(
                  TableExamples.properties(
                    (name: "compatible", value: .string("virtio,mmio")),
                    (name: "supplier", value: .path(path))))
              ])
          ]
        ).bytes()
      }
    ]
  }
  static let goodTables = [TableExample(tables: table("\\_SB.VIO0"))]
  static let badTables = [TableExample(at: ["\\_SB.VIO0: _DSD"], tables: table("\\_SB.GPIO"))]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard !view.set.tables(named: "DSDT").isEmpty else { return }
    for fault in report.shared.faults {
      guard case .danglingReference(let name) = fault.kind else { continue }
      report("the package names '\(name)', which no table declares", at: TablePlace(fault))
    }
  }
}
