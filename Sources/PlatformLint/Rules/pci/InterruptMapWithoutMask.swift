import DeviceTree
import Diagnostics
import GuestView

/// Without `interrupt-map-mask` the rows are for the very addresses that they name.
enum InterruptMapWithoutMask: Rule {
  static let id = "pci/interrupt-map-without-mask"
  static let severity = Severity.warning
  static let summary = "the interrupt-map of a PCI host has no mask"
  static let rationale = """
    The mask says which bits of a function's address and pin count. A host has rows for a few slots \
    and leaves the slot's upper bits and the function's number out, so that every function finds a \
    row. Without a mask all bits count: a function has an interrupt only where a row names its bus, \
    slot and function.
    """
  static let consequence = """
    functions of other slots and functions other than 0 have no interrupt from their pins
    """
  static let logLine: String? = "of_irq_parse_pci: failed with rc=-22"
  static let help = "add interrupt-map-mask, as <0x1800 0x0 0x0 0x7> for rows of four slots"
  static let exceptions = """
    Maps for one slot alone, as of a root port, and maps with a row for each of the 32 slots.
    """
  static let sources = [
    Source.devicetree("2.4.3.2"),
    .linux("drivers/of/irq.c", "of_irq_parse_raw"), .linux("drivers/pci/of.c", "of_irq_parse_pci"),
  ]
  static let silencedBy: [any Rule.Type] = [HostCells.self, InterruptMapMalformed.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        /delete-property/ interrupt-map-mask;
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x3 0x4>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        /delete-property/ interrupt-map-mask;
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x3 0x4>,  // finding
                        <0x800 0x0 0x0 0x1 &gic 0x0 0x0 0x0 0x4 0x4>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (node, map) in report.shared.interruptMaps
    where view.isPCI(node) && map.mask == nil && map.failure == nil {
      var slots: Set<UInt32> = []
      for row in map.rows {
        // phys.hi of a function: the bus above bit 16, the slot above bit 11.
        if let address = map.property.cell(row.cells.lowerBound) { slots.insert(address >> 11) }
      }
      guard (2..<32).contains(slots.count) else { continue }
      report(
        "the rows of \(slots.count) slots are for those slots alone, without a mask",
        at: .property(map.property), expected: "interrupt-map-mask beside interrupt-map")
    }
  }
}
