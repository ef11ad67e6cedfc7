import DeviceTree
import Diagnostics
import GuestView

/// A PCI function has the pins 1 to 4.
enum InterruptMapPin: Rule {
  static let id = "pci/interrupt-map-pin"
  static let severity = Severity.warning
  static let summary = "a row of interrupt-map is for a pin that no PCI function has"
  static let rationale = """
    The pins of PCI are INTA to INTD, 1 to 4. A row for another one is never looked up, and the \
    pin that it was meant for has none.
    """
  static let consequence = """
    a function has no interrupt from its pin, and one without messages no interrupt at all
    """
  static let logLine: String? = "of_irq_parse_pci: failed with rc=-22"
  static let help = "write 1 (INTA) to 4 (INTD) in the last cell in front of the parent"
  static let exceptions = "Maps whose mask leaves the pin out."
  static let sources = [
    Source.linux("drivers/pci/of.c", "of_irq_parse_pci"),
    .linux("drivers/of/irq.c", "of_irq_parse_raw"),
  ]
  static let silencedBy: [any Rule.Type] = [HostCells.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x4 &gic 0x0 0x0 0x0 0x3 0x4>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x5 &gic 0x0 0x0 0x0 0x3 0x4>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x0 &gic 0x0 0x0 0x0 0x3 0x4>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (node, map) in report.shared.interruptMaps where view.isPCI(node) && map.keyCells == 4 {
      // Where the mask hides the pin, any number will do.
      guard let mask = map.mask, (mask.cell(3) ?? 0) & 7 == 7 else { continue }
      for row in map.rows {
        let cell = row.cells.lowerBound + 3
        guard let pin = map.property.cell(cell), !(1...4).contains(pin) else { continue }
        report(
          "no function has such a pin",
          at: .cells(map.property, cell..<(cell + 1), "interrupt-map[\(row.index)].pin"),
          found: "\(pin)", expected: "1 (INTA) to 4 (INTD)")
      }
    }
  }
}
