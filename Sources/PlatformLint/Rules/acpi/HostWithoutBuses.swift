import ACPI
import Diagnostics
import GuestView

/// A host bridge says which buses are behind it.
enum HostWithoutBuses: TableRule {
  static let id = "acpi/host-without-buses"
  static let severity = Severity.error
  static let summary = "the _CRS of a host bridge of PCI names no buses"
  static let rationale = """
    The buses behind a host are a WordBusNumber in its _CRS. Without one Linux takes all from _BBN on, complains \
    about the firmware, and on arm64 finds no configuration space for so many.
    """
  static let consequence = "on arm64 no function of PCI is found; a PC finds those of all buses"
  static let logLine: String? = "[Firmware Bug]: no secondary bus range in _CRS"
  static let help = "add a WordBusNumber to _CRS, with the buses that MCFG has for the segment"
  static let exceptions = "On a PC the finding is a warning."
  static let sources = [
    Source.linux("drivers/acpi/pci_root.c", "acpi_pci_root_add", "try_get_root_bridge_busnr"),
    .observed("a host without _CRS: no PCI devices on arm64"),
  ]
  static let silencedBy: [any Rule.Type] = [CRSMalformed.self]
  static let goodTables = [
    TableExample([TableExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.PCI0: _CRS"],
      [TableExamples.pciHost(resources: [TableExamples.pciWindow()])],
      with: [TableExamples.mcfg()])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for host in view.pciHosts where host.device.isPresent && host.buses == nil {
      if host.device.resources.problem?.code == .notStatic { continue }
      report(
        host.device.resources.value == nil
          ? "the host has no _CRS" : "there are no buses in the _CRS of the host",
        at: host.device.place(of: "_CRS"), expected: "a WordBusNumber",
        severity: view.isOn(.x86) ? .warning : nil)
    }
  }
}
