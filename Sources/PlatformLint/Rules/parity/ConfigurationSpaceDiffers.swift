import ACPI
import Diagnostics
import GuestView

/// The configuration space of PCI is in one place.
enum ConfigurationSpaceDiffers: ParityRule {
  static let id = "parity/configuration-space-differs"
  static let severity = Severity.warning
  static let summary = "reg of a PCI host and MCFG put configuration space in different places"
  static let rationale = """
    In a tree reg begins with the first bus of bus-range; MCFG gives the address that bus 0 would have, so that an entry for \
    buses 16 to 31 begins 16 MiB above its base.
    """
  static let consequence =
    "a guest that goes by the wrong one finds no function, or aborts when it looks"
  static let help =
    "write into MCFG the address of reg less 1 MiB for each bus in front of the first"
  static let exceptions = "A host of CAM, which MCFG has no form for, isn't compared."
  static let sources = [
    Source.linux("drivers/acpi/pci_mcfg.c", "pci_mcfg_lookup"),
    .linux("drivers/pci/ecam.c", "pci_ecam_create"), .acpi("5.2.6"),
  ]
  static let goodPairs = [
    ParityExample(in: .pci, [ParityExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badPairs = [
    ParityExample(
      at: ["MCFG: allocation[0]"], in: .pci, [ParityExamples.pciHost()],
      with: [TableExamples.mcfg(base: 0x3f00_0000)])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    guard let mcfg = view.tables.mcfg, let content = mcfg.content else { return }
    for pair in view.hosts where pair.host.configurationSpacePerBus == 1 << 20 {
      guard let allocation = pair.allocation, let other = allocation.range,
        let register = view.tree.registers(of: pair.host.node).first, let own = register.range
      else { continue }
      let bus = UInt64(pair.host.buses.lowerBound)
      let (first, isAbove) = allocation.base.addingReportingOverflow(bus << 20)
      guard isAbove || own.first != first else { continue }
      let index = content.allocations.firstIndex { $0.byteOffset == allocation.byteOffset } ?? 0
      report(
        "the tree has configuration space elsewhere",
        at: .tables(
          TablePlace(
            table: mcfg.number, node: "MCFG", element: "allocation[\(index)]",
            byteRange: allocation.byteOffset..<(allocation.byteOffset + 16))),
        found: "\(other)", expected: "\(own)",
        related: [
          ParityParty(
            "is what the tree says",
            at: .tree(.element(register.property, 0, cells: register.cells)))
        ])
    }
  }
}
