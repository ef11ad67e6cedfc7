import DeviceTree
import Diagnostics
import GuestView

/// A node lists each interrupt once.
enum InterruptRepeated: Rule {
  static let id = "structure/interrupt-repeated"
  static let severity = Severity.note
  static let summary = "a node lists the same interrupt twice"
  static let rationale = """
    Two interrupts of one device are two lines. The driver asks for both, and unless it shares them \
    with itself, the second request is refused.
    """
  static let consequence =
    "the second request for the interrupt fails with error -16, unless the driver shares it"
  static let help = "correct the second specifier, or remove it"
  static let exceptions = """
    Disabled nodes, IOMMUs, which share one line between their contexts, interrupts that are private to a CPU, and controllers other than a GIC.
    """
  static let sources = [
    Source.linux("kernel/irq/manage.c", "__setup_irq")
  ]
  static let good = [
    Example(
      """
      &serial {
        interrupts = <0 1 4>, <0 2 4>;
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &serial {
        interrupts = <0 1 4>, <0 1 4>;  // finding
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for name in ["interrupts", "interrupts-extended"] {
      // Two specifiers of a GIC take three cells each.
      for property in view.enabledProperties(named: name)
      where property.cellCount >= 6 && !property.node.has("#iommu-cells") {
        let interrupts = view.interrupts(of: property.node)
        guard interrupts.count > 1 else { continue }
        // Looked up, never walked.
        var first: [Line: Int] = [:]
        for interrupt in interrupts where interrupt.property.index == property.index {
          guard let gic = interrupt.gic, gic.kind == .spi || gic.kind == .extendedSPI else {
            continue
          }
          let line = Line(controller: interrupt.controller.index, number: gic.interruptID)
          guard let other = first[line] else {
            first[line] = interrupt.index
            continue
          }
          report(
            "\(gic.name) is also interrupt \(other) of the node",
            at: .element(property, interrupt.index, cells: interrupt.cells))
        }
      }
    }
  }

  private struct Line: Hashable {
    let controller: Int
    let number: UInt64
  }
}
