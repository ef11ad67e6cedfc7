import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// A pin of PCI leads to one interrupt.
enum RoutingDiffers: ParityRule {
  static let id = "parity/routing-differs"
  static let severity = Severity.warning
  static let summary = "interrupt-map and _PRT lead a pin to different interrupts"
  static let rationale = """
    Functions without MSI have a pin, INTA to INTD, counted from 1 in a tree and from 0 in tables. Which interrupt \
    it is at the root bus, interrupt-map says for a device number behind its mask, and _PRT for each device number.
    """
  static let consequence = """
    under one of the two, a function that uses its pin waits for an interrupt that never comes
    """
  static let help = "let both lead each pin to the same interrupt: SPI n in the map is GSI n + 32"
  static let exceptions = """
    Pins that one description doesn't lead anywhere, hosts whose first bus isn't the first of the tree's, and links whose \
    _CRS has to be computed, are not compared.
    """
  static let sources = [
    Source.linux("drivers/pci/of.c", "of_irq_parse_pci"),
    .linux("drivers/acpi/pci_irq.c", "acpi_pci_irq_lookup"), .acpi("6.2.13"),
  ]
  private static func host(_ interrupt: UInt64) -> [Term] {
    [
      ParityExamples.pciHost(
        more: [
          .name(
            "_PRT",
            .package([
              .package([.integer(0x1_ffff), .integer(0), .integer(0), .integer(interrupt)])
            ]))
        ])
    ]
  }
  static let goodPairs = [ParityExample(in: .pci, host(36), with: [TableExamples.mcfg()])]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.PCI0: _PRT[0]"], in: .pci, host(35), with: [TableExamples.mcfg()])
  ]

  /// As many pins are looked up as there can be on a bus.
  private static let mostPins = 128

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    for pair in view.hosts {
      guard let map = view.tree.interruptMap(of: pair.host.node), map.keyCells == 4 else {
        continue
      }
      for other in pair.others {
        guard let routing = other.routing.value,
          (other.buses?.range?.first ?? other.baseBus ?? 0) == UInt64(pair.host.buses.lowerBound)
        else { continue }
        let bus = UInt32(pair.host.buses.lowerBound)
        for (index, entry) in routing.entries.prefix(mostPins).enumerated() where entry.pin < 4 {
          let device = UInt32(truncatingIfNeeded: entry.address >> 16) & 31
          guard
            let row = map.row(for: [bus << 16 | device << 11, 0, 0, UInt32(entry.pin) + 1]),
            let gic = row.gic, let (number, mode) = Self.interrupt(of: entry, view.tables)
          else { continue }
          let own = InterruptMode(trigger: gic.trigger)
          let isSame = gic.interruptID == number
          if isSame, mode == nil || own == nil || own?.signals(like: mode ?? .levelHigh) ?? true {
            continue
          }
          let place = other.device.place(
            of: "_PRT", index, byteRange: entry.byteOffset..<(entry.byteOffset + 1))
          report(
            isSame
              ? "the tree has another trigger of INT\(Self.pin(entry.pin)) of device \(device)"
              : "the tree leads INT\(Self.pin(entry.pin)) of device \(device) elsewhere",
            at: .tables(place),
            found: isSame ? mode?.signal : "GSI \(number)",
            expected: isSame ? own?.signal : "GSI \(gic.interruptID)",
            related: [
              ParityParty(
                "is what the tree says",
                at: .tree(
                  .element(map.property, row.index, cells: row.cells)))
            ])
        }
      }
    }
  }

  private static func pin(_ pin: UInt64) -> String { ["A", "B", "C", "D"][Int(pin & 3)] }

  /// What an entry leads to; the mode is nil where nothing says, as behind a link's number alone.
  private static func interrupt(
    of entry: InterruptRouting.Entry, _ view: TablesView
  ) -> (UInt64, InterruptMode?)? {
    switch entry.target {
    case .interrupt(let number): return (number, nil)
    case .link(let object, let index):
      guard let object, let device = view.device(at: object.path),
        let position = Int(exactly: index), device.interrupts.indices.contains(position)
      else { return nil }
      let interrupt = device.interrupts[position]
      return (UInt64(interrupt.number), interrupt.mode)
    }
  }
}
