import ACPI
import Diagnostics
import GuestView

/// A package has as many elements as it says.
enum PackageCutOff: TableRule {
  static let id = "acpi/package-cut-off"
  static let severity = Severity.error
  static let summary = "a package has more elements than it says, and loses the others"
  static let rationale = """
    A package begins with the number of its elements, in one byte. The interpreter keeps that many, and drops what \
    follows. A generator that counts in a byte writes 0 for 256 elements.
    """
  static let consequence = "the elements behind the number are not there"
  static let help = "write the number of elements, and a VarPackage for more than 255"
  static let exceptions = "One with fewer elements than it says is padded, and that may be meant."
  static let sources = [
    Source.acpi("20.2.5.4"),
    .linux("drivers/acpi/acpica/dsobject.c", "acpi_ds_build_internal_package_obj"),
    .program("rust-vmm acpi_tables", "src/aml.rs, Package"),
  ]
  static let alsoKnownAs = ["iasl: 6062"]
  static let goodTables = [
    TableExample([.name("LIST", .package([.integer(1), .integer(2)], count: 4))])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.LIST"], [.name("LIST", .package([.integer(7), .integer(8)]))],
      note: "In the bytes, the number of elements is 1.",
      edit: { bytes in
        guard let range = bytes.firstRange(of: [0x02, 0x0a, 0x07]) else { return }
        bytes[range.lowerBound] = 1
      })
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for fault in report.shared.faults {
      guard case .packageCount(let claimed, let given) = fault.kind else { continue }
      report(
        "the package has more elements than it says", at: TablePlace(fault), found: "\(given)",
        expected: "\(claimed)")
    }
  }
}
