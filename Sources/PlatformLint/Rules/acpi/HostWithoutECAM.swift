import ACPI
import Diagnostics
import GuestView

/// Outside of PCs, configuration space is where MCFG says.
enum HostWithoutECAM: TableRule {
  static let id = "acpi/host-without-ecam"
  static let severity = Severity.error
  static let summary = "MCFG has no configuration space for the buses of a host bridge"
  static let rationale = """
    A PC reaches the configuration space of PCI by ports; others have it in memory alone, at what MCFG says for the \
    segment, _SEG, and for all buses of _CRS: an entry for fewer buses is passed over.
    """
  static let consequence = "no function of PCI is found"
  static let logLine: String? = "ECAM region not found"
  static let help = "give MCFG an entry for the segment whose buses hold all those of _CRS"
  static let exceptions = """
    A host with _CBA says it itself. Where there is neither MCFG nor DSDT, the set isn't complete, and nothing is \
    said; nor is it of a PC.
    """
  static let sources = [
    Source.linux("drivers/acpi/pci_mcfg.c", "pci_mcfg_lookup"),
    .linux("arch/arm64/kernel/pci.c", "pci_acpi_setup_ecam_mapping"),
  ]
  static let silencedBy: [any Rule.Type] = [HostWithoutBuses.self]
  static let goodTables = [
    TableExample([TableExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.PCI0: _CRS[0]"], [TableExamples.pciHost()], with: [TableExamples.mcfg(0...63)]),
    TableExample(
      at: ["\\_SB.PCI0: _SEG"],
      [TableExamples.pciHost(more: [.name("_SEG", .integer(1))])], with: [TableExamples.mcfg()]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.isOn(.arm64) || view.isOn(.riscv64),
      view.mcfg != nil || !view.set.tables(named: "DSDT").isEmpty
    else { return }
    let known = view.mcfg?.content?.allocations ?? []
    for host in view.pciHosts where host.device.isPresent && host.allocation == nil {
      if host.hasConfigurationBase || host.device.resources.problem != nil { continue }
      guard let segment = host.segment else { continue }
      let ofSegment = known.filter { UInt64($0.segment) == segment }
      let isOfBuses = !ofSegment.isEmpty && host.buses != nil
      report(
        isOfBuses
          ? "MCFG has not all buses of the host" : "MCFG has nothing for segment \(segment)",
        at: isOfBuses
          ? host.buses.map(host.device.place(of:)) ?? host.device.place
          : host.device.place(of: "_SEG"),
        found: ofSegment.map { "buses \($0.startBus) to \($0.endBus)" }.joined(separator: ", ")
          .orNil,
        expected: host.buses?.range.map { "buses \($0.first) to \($0.last)" })
    }
  }
}

extension String {
  /// The text, and nil where there is none.
  fileprivate var orNil: String? { isEmpty ? nil : self }
}
