import DeviceTree
import Diagnostics
import GuestView

/// `interrupt-map-mask` has as many cells as the child's part of a row.
enum InterruptMapMaskLength: Rule {
  static let id = "pci/interrupt-map-mask-length"
  static let severity = Severity.error
  static let summary = "interrupt-map-mask has another length than a child's address and interrupt"
  static let rationale = """
    The mask is laid over the child's address and interrupt specifier, once. The guest reads as many \
    cells of it as those have: behind the end of a mask that is too short stands something else, and \
    cells beyond are for nobody.
    """
  static let consequence = "rows are compared with a wrong mask, and interrupts are not found"
  static let help = "write one mask of #address-cells + #interrupt-cells cells"
  static let exceptions =
    "A warning where the mask is too long: Linux does not look at what is left."
  static let sources = [
    Source.devicetree("2.4.3.2"), .linux("drivers/of/irq.c", "of_irq_parse_raw"),
  ]
  static let alsoKnownAs = ["dtc (since 1.7): interrupt_map"]
  static let silencedBy: [any Rule.Type] = [HostCells.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map-mask = <0x1800 0x0 0x0 0x7>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map-mask = <0x1800 0x0 0x0 0x7>, <0x1800 0x0 0x0 0x7>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map-mask = <0x1800 0x0 0x0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (_, map) in report.shared.interruptMaps {
      guard let mask = map.mask, mask.count != 4 * map.keyCells else { continue }
      report(
        "the mask has another length than a child's address and interrupt", at: .property(mask),
        found: mask.count % 4 == 0 ? "\(mask.cellCount) cells" : ByteText.size(mask.count),
        expected: "\(map.keyCells) cells",
        related: [Party("is what the mask is for", at: .property(map.property))],
        severity: mask.count > 4 * map.keyCells ? .warning : nil)
    }
  }
}
