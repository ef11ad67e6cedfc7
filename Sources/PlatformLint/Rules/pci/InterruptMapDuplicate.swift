import DeviceTree
import Diagnostics
import GuestView

/// Two rows of `interrupt-map` for one interrupt.
enum InterruptMapDuplicate: Rule {
  static let id = "pci/interrupt-map-duplicate"
  static let severity = Severity.warning
  static let summary = "two rows of interrupt-map are for the same interrupt"
  static let rationale = """
    The guest takes the first row that fits under the mask. A second one for the same device and pin \
    is never looked at, so whoever wrote it meant something else.
    """
  static let consequence = "the row is never used"
  static let help = "remove the row, or correct its device, its pin, or the mask"
  static let sources = [
    Source.devicetree("2.4.3.1"), .linux("drivers/of/irq.c", "of_irq_parse_raw"),
  ]
  static let silencedBy: [any Rule.Type] = [HostCells.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x3 0x4>,
                        <0x800 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x3 0x4>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x3 0x4>,  // finding
                        <0x2000 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x4 0x4>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (_, map) in report.shared.interruptMaps {
      for (row, first) in map.shadowed {
        report(
          "row \(row.index) is for the same interrupt as row \(first.index)",
          at: .element(map.property, row.index, cells: row.cells),
          related: [
            Party(
              "is the row that is used", at: .element(map.property, first.index, cells: first.cells)
            )
          ])
      }
    }
  }
}
