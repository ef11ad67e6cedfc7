import DeviceTree
import Diagnostics
import GuestView

/// Every row of `interrupt-map` must be whole and lead to an interrupt controller.
enum InterruptMapMalformed: Rule {
  static let id = "pci/interrupt-map-malformed"
  static let severity = Severity.error
  static let summary = "a row of interrupt-map can not be read"
  static let rationale = """
    The length of a row depends on its parent: behind the child's address and interrupt and the \
    parent's phandle stand as many cells as the parent's own #address-cells, 0 where it has none, \
    and its #interrupt-cells. A row that is too short or too long makes nonsense of all behind it.
    """
  static let consequence = "the functions of this row and of all behind it have no interrupt"
  static let logLine: String? = "of_irq_parse_pci: failed with rc=-22"
  static let help = """
    give each row the child's address and interrupt, the parent's phandle, and the parent's address \
    and interrupt
    """
  static let exceptions = """
    The few bindings of which Linux knows that their rows leave out the parent's address.
    """
  static let sources = [
    Source.devicetree("2.4.3.1"),
    .linux("drivers/of/irq.c", "of_irq_parse_raw", "of_irq_parse_imap_parent"),
  ]
  static let alsoKnownAs = ["dtc (since 1.7): interrupt_map"]
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
        interrupt-map = <0x0 0x0 0x0 0x1 0x1234 0x0 0x0 0x0 0x3 0x4>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x1 &gic 0x0 0x3 0x4>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        interrupt-map = <0x0 0x0 0x0 0x1 &clock 0x0 0x3 0x4>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Rows that lead to a GIC of other cells can't be read, and the GIC is told of.
    guard !GICv3.all(in: view).contains(where: { GICv3.hasWrongCells($0.node) }) else { return }
    for (_, map) in report.shared.interruptMaps {
      guard let failure = map.failure else { continue }
      let row = "interrupt-map[\(map.rows.count)]"
      switch failure {
      case .danglingParent(let cell):
        report(
          "row \(map.rows.count) leads to no node",
          at: .cells(map.property, cell..<(cell + 1), row + ".parent"),
          found: map.property.cell(cell).map(ByteText.hex),
          expected: "the phandle of an interrupt controller")
      case .parentWithoutCells(let cell, let parent):
        report(
          "row \(map.rows.count) leads to \(parent.name), which takes no interrupts",
          at: .cells(map.property, cell..<(cell + 1), row + ".parent"),
          expected: "a node with #interrupt-cells",
          related: [Party("is named as the parent", at: .node(parent))])
      case .truncated(let cell, let needed):
        let left = map.property.cellCount - cell
        report(
          "row \(map.rows.count) is cut short",
          at: .cells(map.property, cell..<map.property.cellCount, row), found: "\(left) cells",
          expected: "\(needed) cells")
      }
    }
  }
}
