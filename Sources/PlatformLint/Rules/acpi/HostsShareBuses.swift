import ACPI
import Diagnostics
import GuestView

/// A bus of a segment is behind one host.
enum HostsShareBuses: TableRule {
  static let id = "acpi/hosts-share-buses"
  static let severity = Severity.error
  static let summary = "two host bridges have the same buses of one segment"
  static let rationale = """
    A function of PCI is known by segment, bus, device and function. Two hosts with the same buses would have the \
    same functions; Linux gives up on the second. One without _SEG has segment 0.
    """
  static let consequence = "the second host fails, and what is behind it isn't there"
  static let logLine: String? = "Bus already known"
  static let help =
    "give each host buses of its own in _CRS and _BBN, or a segment of its own in _SEG"
  static let sources = [
    Source.linux("drivers/pci/probe.c", "pci_create_root_bus"), .acpi("6.5.6"),
  ]
  private static let second = TableExamples.pciHost(
    "PCI1", uid: 1,
    resources: [TableExamples.buses(16...31), TableExamples.pciWindow(0x4000_0000)],
    more: [.name("_BBN", .integer(16))])
  static let goodTables = [
    TableExample(
      [
        TableExamples.pciHost(resources: [
          TableExamples.buses(0...15), TableExamples.pciWindow(),
        ]), second,
      ], with: [TableExamples.mcfg()])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.PCI1: _CRS[0]"], [TableExamples.pciHost(), second],
      with: [TableExamples.mcfg()])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    let hosts = view.pciHosts.filter {
      $0.device.isPresent && !$0.device.isConditional && $0.segment != nil
        && $0.buses?.range != nil
    }
    for (_, sharing) in Dictionary(grouping: hosts.indices, by: { hosts[$0].segment })
      .sorted(by: { $0.value[0] < $1.value[0] })
    {
      let ordered = sharing.map { hosts[$0] }.compactMap { host in
        host.buses?.range.map { (range: $0, host: host) }
      }.sorted { $0.range < $1.range }
      for (one, other) in Overlaps.pairs(among: ordered, by: \.range) {
        let (first, second) =
          one.host.device.index < other.host.device.index ? (one, other) : (other, one)
        guard let buses = second.host.buses, let others = first.host.buses else { continue }
        report(
          "buses that \(first.host.device.path) has", at: second.host.device.place(of: buses),
          found: "\(second.range.first) to \(second.range.last)",
          related: [
            TableParty(
              "has \(first.range.first) to \(first.range.last)",
              at: first.host.device.place(of: others))
          ])
      }
    }
  }
}
