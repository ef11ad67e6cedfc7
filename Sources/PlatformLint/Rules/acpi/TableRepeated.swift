import ACPI
import Diagnostics
import GuestView

/// A table of which a guest takes one is there once.
enum TableRepeated: TableRule {
  static let id = "acpi/table-repeated"
  static let severity = Severity.error
  static let summary = "there are two tables of which a guest takes one"
  static let rationale = """
    A guest looks for FACP, APIC, MCFG and their like by their signature, and takes the first that it finds; the DSDT is \
    the one whose address FACP has. What another of the same signature says is not looked at.
    """
  static let consequence = "the guest goes by the first, and what only the other says isn't there"
  static let help = """
    write one table with what both say; of several machines name the tables of each in a run of its own, or give a \
    directory in which their names begin alike, as in a-dsdt.aml and a-apic.aml
    """
  static let exceptions = """
    SSDTs, and others of which there may be several, as PSDT and those of makers, OEM1 to OEMx.
    """
  static let sources = [
    Source.linux("drivers/acpi/tables.c", "acpi_table_parse", "check_multiple_madt"),
    .acpi("5.2.6"),
  ]
  static let goodTables = [
    TableExample([TableExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badTables = [
    TableExample(
      at: ["MCFG"], [TableExamples.pciHost()],
      with: [TableExamples.mcfg(), TableExamples.mcfg(base: 0x41_1000_0000, segment: 1)])
  ]

  /// Those of which Linux takes one.
  private static let signatures: Set<String> = [
    "APIC", "BGRT", "DBG2", "DMAR", "DSDT", "FACP", "FACS", "GTDT", "HMAT", "HPET", "IORT", "IVRS",
    "MCFG", "PPTT", "RHCT", "RIMT", "SLIT", "SPCR", "SRAT", "TPM2", "VIOT", "WAET",
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    var first: [String: Int] = [:]
    for (number, table) in view.set.tables.enumerated() {
      let signature = table.header.signature
      guard signatures.contains(signature) else { continue }
      guard let other = first[signature] else {
        first[signature] = number
        continue
      }
      let isOfOtherFile = view.set.member(ofTable: number) != view.set.member(ofTable: other)
      report(
        isOfOtherFile
          ? "another file has \(signature) too, and files that are judged together are tables of one machine"
          : "there is another \(signature), which comes first",
        at: view.place(ofTable: number),
        related: [TableParty("is the one that the guest takes", at: view.place(ofTable: other))])
    }
  }
}
