import ACPI
import Diagnostics
import GuestView

/// A line is an edge or a level, in both descriptions.
enum TriggerDiffers: ParityRule {
  static let id = "parity/trigger-differs"
  static let severity = Severity.warning
  static let summary = "the tree and the tables signal an interrupt differently"
  static let rationale = """
    A device raises an edge or holds a level. A guest that is told the other thing sets the controller up for it: \
    edges of a level get lost, and a level that is taken for an edge comes once. And a table that is added \
    to those of the VMM has to say what those say.
    """
  static let consequence = """
    interrupts may get lost under one of the two; what mixes both has no interrupt at all
    """
  static let logExample: String? =
    "irq: type mismatch, failed to map hwirq-79 for <no-node>!"
  static let help = "write into both what the VMM does"
  static let exceptions = """
    Where all devices of a kind differ alike, as QEMU's virtio-mmio transports do, or more than three, that is one \
    finding.
    """
  static let sources = [
    Source.linux("kernel/irq/irqdomain.c", "irq_create_fwspec_mapping"),
    .linux("drivers/acpi/irq.c", "acpi_register_gsi"),
    .observed("an SSDT with an edge beside QEMU's own level: type mismatch"),
  ]
  static let goodPairs = [ParityExample([TableExamples.virtio()])]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.VIO0: _CRS[1]"],
      [
        TableExamples.virtio(resources: [
          TableExamples.window(0x0a00_0000), TableExamples.line(48, .levelHigh),
        ])
      ])
  ]

  private struct Difference {
    var pair: DevicePair
    var wired: WiredInterrupt
    var interrupt: TableInterrupt
    var tree: String
    var tables: String
  }

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    var differences: [Difference] = []
    var matched: [DeviceRole: Int] = [:]
    for pair in view.devices {
      let device = pair.device.device
      guard let wired = view.interrupts(of: pair.node.node), !device.interrupts.isEmpty else {
        continue
      }
      matched[pair.role, default: 0] += 1
      for interrupt in device.interrupts where !interrupt.hasSource && !interrupt.isLegacy {
        guard let own = wired.first(where: { $0.number == UInt64(interrupt.number) }),
          let mode = own.mode, !mode.signals(like: interrupt.mode)
        else { continue }
        differences.append(
          Difference(
            pair: pair, wired: own, interrupt: interrupt, tree: mode.signal,
            tables: interrupt.mode.signal))
      }
    }
    var groups: [String: [Int]] = [:]
    for (index, difference) in differences.enumerated() {
      groups[Self.key(difference), default: []].append(index)
    }
    for (index, difference) in differences.enumerated() {
      let group = groups[Self.key(difference)] ?? []
      let devices = Set(group.map { differences[$0].pair.device.device.index }).count
      let all = matched[difference.pair.role] ?? devices
      // Two of many are told one by one: a reader wants to know which.
      let isFolded = devices > 1 && (devices == all || devices > Self.mostToldApart)
      if isFolded, group.first != index { continue }
      let subject =
        isFolded
        ? "\(devices == all ? "all \(all)" : "\(devices) of \(all)") \(difference.pair.role.name)s, of which this is the first, signal"
        : "the \(difference.pair.role.name) signals"
      report(
        "\(subject) otherwise in the tree",
        at: .tables(difference.pair.device.device.place(of: difference.interrupt)),
        found: difference.tables, expected: difference.tree,
        related: [
          ParityParty(
            "is what the tree says",
            at: .tree(
              .element(
                difference.wired.specifier.property, difference.wired.specifier.index,
                cells: difference.wired.specifier.cells)))
        ])
    }
  }

  /// More devices that differ alike are one finding, whatever the others do.
  private static let mostToldApart = 3

  private static func key(_ difference: Difference) -> String {
    "\(difference.pair.role.name)\n\(difference.tree)\n\(difference.tables)"
  }
}
