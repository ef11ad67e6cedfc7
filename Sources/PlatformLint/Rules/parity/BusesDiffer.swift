import ACPI
import Diagnostics
import GuestView

/// A PCI host has the same buses in both descriptions.
enum BusesDiffer: ParityRule {
  static let id = "parity/buses-differ"
  static let severity = Severity.warning
  static let summary = "bus-range and the buses of _CRS differ"
  static let rationale = """
    A guest gives numbers to the buses behind bridges out of those that the host has. A range that is too long \
    ends outside of configuration space, and one that is too short leaves bridges without a bus.
    """
  static let consequence = "under one of the two, functions behind bridges are not found"
  static let help = "write the same buses into both"
  static let exceptions = """
    Several hosts of one segment are counted together, and need not have all buses of the tree. A _CRS without buses is acpi/host-without-buses, and one that \
    takes an interpreter isn't compared.
    """
  static let sources = [
    Source.linux("drivers/pci/of.c", "of_pci_parse_bus_range"),
    .linux("drivers/acpi/pci_root.c", "acpi_pci_root_add"),
  ]
  static let goodPairs = [
    ParityExample(in: .pci, [ParityExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.PCI0: _CRS[0]"], in: .pci,
      [ParityExamples.pciHost(buses: 0...127)], with: [TableExamples.mcfg()])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    for pair in view.hosts {
      let windows = pair.others.map(\.buses)
      guard let first = windows.first, let window = first, !windows.contains(where: { $0 == nil })
      else { continue }
      let buses = RangeSet(windows.compactMap { $0?.range }).ranges
      let own = AddressRange(
        from: UInt64(pair.host.buses.lowerBound), through: UInt64(pair.host.buses.upperBound))
      guard buses != [own].compactMap(\.self) else { continue }
      // Behind an expander are the buses that there are, and in a tree those that there can be.
      if pair.others.count > 1, let own, buses.allSatisfy(own.contains) { continue }
      report(
        "the tree has other buses of the host",
        at: .tables(pair.others[0].device.place(of: window)),
        found: buses.map { "buses \($0.first) to \($0.last)" }.joined(separator: ", "),
        expected: own.map { "buses \($0.first) to \($0.last)" },
        related: [
          ParityParty(
            "is what the tree says",
            at: .tree(pair.host.busRange.map(Spot.property) ?? .node(pair.host.node)))
        ])
    }
  }
}
