import DeviceTree
import Diagnostics
import GuestView

/// The pins of PCI functions are shared interrupts with level trigger.
enum InterruptMapSpecifier: Rule {
  static let id = "pci/interrupt-map-specifier"
  static let severity = Severity.error
  static let summary = "a row of interrupt-map leads to no shared interrupt of the GIC"
  static let rationale = """
    The specifier at the end of a row means the same as in interrupts: a shared interrupt (0), its \
    number, INTID − 32, and its trigger. The pins of PCI are levels, and several functions share \
    one; a GIC takes high levels and rising edges.
    """
  static let consequence = "the driver gets no interrupt, or waits for one that never comes"
  static let logLine: String? = "genirq: Setting trigger mode"
  static let help = "write 0, the interrupt ID − 32, and 4 (high level) behind the parent's address"
  static let exceptions =
    "A warning for a rising edge, on which functions that share a pin can hang."
  static let sources = [
    Source.binding("interrupt-controller/arm,gic-v3.yaml"),
    .linux("drivers/irqchip/irq-gic-v3.c", "gic_irq_domain_translate", "gic_set_type"),
  ]
  static let silencedBy: [any Rule.Type] = [HostCells.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x3 0x4>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x1 0x3 0x4>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x3 0x8>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x400 0x4>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // A map that can't be read to its end was written for other cells.
    for (node, map) in report.shared.interruptMaps where map.failure == nil {
      let isPCI = view.isPCI(node)
      for row in map.rows {
        guard let gic = row.gic else { continue }
        let spot = Spot.cells(
          map.property, row.specifier, "interrupt-map[\(row.index)].specifier")
        if isPCI, gic.kind == .ppi || gic.kind == .extendedPPI {
          report(
            "the interrupt is private to each CPU", at: spot, found: gic.name,
            expected: "an SPI (type 0)")
        } else if gic.kind == .spi, gic.number > 987 {
          report(
            "there is no such interrupt", at: spot, found: gic.name, expected: "SPI 0 to 987")
        } else if gic.kind == .spi, gic.trigger != 4 {
          guard isPCI || gic.trigger != 1 else { continue }
          report(
            "the trigger does not suit a pin of PCI", at: spot,
            found: GICInterrupt.triggerName(gic.trigger), expected: "high level (4)",
            severity: gic.trigger == 1 ? .warning : nil)
        }
      }
    }
  }
}
