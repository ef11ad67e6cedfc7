import ACPI
import Diagnostics
import GuestView

/// `_BBN` is the first bus of `_CRS`.
enum BaseBusDiffers: TableRule {
  static let id = "acpi/base-bus-differs"
  static let severity = Severity.warning
  static let summary = "the _BBN of a host bridge is not the first bus of its _CRS"
  static let rationale = """
    By _BBN a host says the first bus behind the host, and _CRS the same. Linux goes by _CRS, and methods that reach \
    configuration space go by _BBN.
    """
  static let consequence = "AML reads the configuration space of another bus than Linux does"
  static let help = "write the first bus of _CRS into _BBN"
  static let sources = [
    Source.acpi("6.5.5"), .linux("drivers/acpi/pci_root.c", "acpi_pci_root_add"),
  ]
  static let goodTables = [
    TableExample(
      [TableExamples.pciHost(more: [.name("_BBN", .integer(0))])], with: [TableExamples.mcfg()])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.PCI0: _BBN"], [TableExamples.pciHost(more: [.name("_BBN", .integer(1))])],
      with: [TableExamples.mcfg()])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for host in view.pciHosts {
      guard let first = host.buses?.range?.first, let base = host.baseBus, base != first,
        host.device.object.child("_BBN") != nil
      else { continue }
      report(
        "_BBN is not the first bus of _CRS", at: host.device.place(of: "_BBN"), found: "\(base)",
        expected: "\(first)")
    }
  }
}
