import ACPI
import Diagnostics
import GuestView

/// Linux looks for host bridges of PCI by PNP0A03.
enum HostWithoutCompatibleID: TableRule {
  static let id = "acpi/host-without-compatible-id"
  static let severity = Severity.error
  static let summary =
    "a host bridge of PCI Express does not say that it is compatible with PNP0A03"
  static let rationale = """
    PNP0A08 is the id of a host of PCI Express, and the driver is looked for by PNP0A03, that of PCI: the older id \
    has to be in _CID.
    """
  static let consequence = """
    on arm64 there is no PCI at all; a PC still finds devices by probing, and has no interrupts for them
    """
  static let logExample: String? =
    "platform PNP0A08:00: failed to claim resource 1: [io  0x3eff0000-0x3effffff window]"
  static let help = "add Name (_CID, EisaId (\"PNP0A03\"))"
  static let sources = [
    Source.linux("drivers/acpi/pci_root.c", "root_device_ids"),
    .observed("a host without _CID: no root bridge on arm64"),
  ]
  static let goodTables = [
    TableExample([TableExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.PCI0"], [TableExamples.pciHost(compatibleID: false)],
      with: [TableExamples.mcfg()])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for host in view.pciHosts
    where !host.device.hasUnknownID && !host.device.isAny(of: "PNP0A03") {
      report(
        "the host is not compatible with PNP0A03", at: host.device.place,
        found: host.device.ids.joined(separator: ", "), expected: "PNP0A03 in _CID")
    }
  }
}
