import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// Functions of PCI get their addresses in the same windows.
enum PCIWindowDiffers: ParityRule {
  static let id = "parity/pci-window-differs"
  static let severity = Severity.warning
  static let summary = "ranges of a PCI host and the windows of its _CRS differ"
  static let rationale = """
    What a host hands on to its bus is fixed by the machine. A window that only one description has is memory where \
    nothing answers, or room that isn't used; one with another translation puts every BAR in the wrong place.
    """
  static let consequence = """
    under one of the two, functions get addresses at which nothing reaches them, or have no room
    """
  static let help = "write the same windows into both, with the same addresses on the bus"
  static let exceptions = """
    Several hosts of one segment are counted together, and windows that touch are one. A _CRS that takes an \
    interpreter isn't compared.
    """
  static let sources = [
    Source.linux("drivers/pci/of.c", "devm_of_pci_get_host_bridge_resources"),
    .linux("drivers/acpi/pci_root.c", "acpi_pci_probe_root_resources"),
  ]
  private static func host(_ windows: ResourceDescriptor...) -> [Term] {
    [ParityExamples.pciHost(windows: windows)]
  }
  static let goodPairs = [
    ParityExample(
      in: .pci, host(TableExamples.pciWindow(length: 0x2000_0000), ParityExamples.highWindow),
      with: [TableExamples.mcfg()])
  ]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.PCI0: _CRS"], in: .pci, host(TableExamples.pciWindow(length: 0x2000_0000)),
      with: [TableExamples.mcfg()]),
    ParityExample(
      at: ["\\_SB.PCI0: _CRS[1]"], in: .pci,
      host(TableExamples.pciWindow(), ParityExamples.highWindow),
      with: [TableExamples.mcfg()]),
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    for pair in view.hosts {
      guard pair.others.allSatisfy({ $0.device.resources.value != nil }) else { continue }
      let other = pair.others.flatMap { host in
        host.device.windows.filter { $0.isProducer && $0.space != .buses }
          .map { (host: host, window: $0) }
      }
      let own = pair.host.windows.filter { $0.range != nil }
      let inTree = RangeSet(own.compactMap(\.range))
      let inTables = RangeSet(other.compactMap(\.window.range))
      for (host, window) in other {
        guard let range = window.range, !inTree.contains(range) else { continue }
        report(
          "the tree has no such window", at: .tables(host.device.place(of: window)),
          found: "\(range)",
          expected: own.compactMap(\.range).filter { $0.overlaps(range) }.map { "\($0)" }
            .joined(separator: ", ").orNone,
          related: Self.ranges(of: pair))
      }
      for window in own {
        guard let range = window.range, !inTables.contains(range),
          // What is told of a window of the tables needs no second word.
          !other.contains(where: { entry in
            entry.window.range.map { $0.overlaps(range) && !inTree.contains($0) } ?? false
          })
        else { continue }
        report(
          "the tables have no such window", at: .tables(pair.others[0].device.place(of: "_CRS")),
          expected: "\(range)",
          related: [
            ParityParty(
              "is what the tree says",
              at: .tree(.element(window.property, window.index, cells: window.cells)))
          ])
      }
      for (host, window) in other {
        guard let range = window.range, let address = window.busAddress,
          let same = own.first(where: { $0.range?.contains(range) ?? false }),
          let start = same.range?.first,
          same.busAddress &+ (range.first - start) != address
        else { continue }
        report(
          "the tree has the window at another address of the bus",
          at: .tables(host.device.place(of: window)), found: ByteText.hex(address),
          expected: ByteText.hex(same.busAddress &+ (range.first - start)),
          related: [
            ParityParty(
              "is what the tree says",
              at: .tree(.element(same.property, same.index, cells: same.cells)))
          ])
      }
    }
  }

  private static func ranges(of pair: HostPair) -> [ParityParty] {
    guard let property = pair.host.node.property("ranges") else { return [] }
    return [ParityParty("is what the tree says", at: .tree(.property(property)))]
  }
}

extension String {
  /// The text, and `none` where there is none.
  fileprivate var orNone: String { isEmpty ? "none" : self }
}
