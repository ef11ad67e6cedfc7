import DeviceTree
import Diagnostics
import GuestView

/// A pin of PCI and a device that share a line agree on its trigger.
enum InterruptMapClash: Rule {
  static let id = "pci/interrupt-map-clash"
  static let severity = Severity.error
  static let summary = "a pin of PCI functions and a device have the same interrupt"
  static let rationale = """
    A line has one trigger. Pins of PCI are levels, and the kernel refuses to map a line with \
    another trigger for whoever asks second. Drivers of PCI functions share their lines, most \
    others do not.
    """
  static let consequence = """
    the device or the functions get no interrupt, and no driver binds to them
    """
  static let logLine: String? = "irq: type mismatch, failed to map hwirq"
  static let help = "give the device an interrupt of its own"
  static let exceptions = """
    A warning where the triggers are the same, since drivers may share the line.
    """
  static let sources = [
    Source.linux("kernel/irq/irqdomain.c", "irq_create_fwspec_mapping"),
    .linux("kernel/irq/manage.c", "__setup_irq"),
  ]
  static let good = [
    Example(
      in: .pci,
      """
      &disk {
        interrupts = <0 7 1>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &disk {
        interrupts = <0 3 1>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &serial {
        interrupts = <0 3 4>;  // finding
      };
      """),
  ]

  /// A line of a controller in one number: its own has 33 bits at the most, and a tree no more nodes than bytes.
  ///
  /// No type of its own: the first dictionary over one takes longer than all that is looked up here.
  private static func line(_ controller: Int, _ number: UInt64) -> Int {
    controller << 33 | Int(truncatingIfNeeded: number)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Looked up, never walked.
    var rows: [Int: (map: InterruptMap, row: InterruptMap.Row, gic: GICInterrupt)] = [:]
    for (node, map) in report.shared.interruptMaps where view.isPCI(node) {
      for row in map.rows {
        guard let gic = row.gic, gic.kind == .spi || gic.kind == .extendedSPI else { continue }
        let line = line(row.parent.index, gic.interruptID)
        if rows[line] == nil { rows[line] = (map, row, gic) }
      }
    }
    if rows.isEmpty { return }
    view.visitEnabledInterrupts { property, index, cells, controller in
      guard view.isGIC(nodeAt: controller),
        let gic = GICInterrupt(property, at: cells.lowerBound, count: cells.count),
        let other = rows[line(controller, gic.interruptID)]
      else { return }
      let isClash = gic.trigger != other.gic.trigger
      // A host lists the interrupt of its pins itself.
      guard !view.isPCI(property.node) else { return }
      report(
        isClash
          ? "\(gic.name) has another trigger as a pin of PCI"
          : "\(gic.name) is also a pin of PCI",
        at: .element(property, index, cells: cells),
        found: isClash ? GICInterrupt.triggerName(gic.trigger) : gic.name,
        expected: isClash
          ? GICInterrupt.triggerName(other.gic.trigger) : "an interrupt of its own",
        related: [
          Party(
            "leads to the same interrupt",
            at: .cells(other.map.property, other.row.cells, "interrupt-map[\(other.row.index)]"))
        ], severity: isClash ? nil : .warning)
    }
  }
}
