import DeviceTree
import Diagnostics
import GuestView

/// A source of a PLIC or APLIC has a number from 1 to the last.
enum SourceOutOfRange: Rule {
  static let id = "guest/source-out-of-range"
  static let severity = Severity.error
  static let summary = "an interrupt has a number that its PLIC or APLIC does not have"
  static let rationale = """
    Sources are counted from 1, and 0 stands for none. The driver enables as many as \
    riscv,ndev or riscv,num-sources says. It maps a number beyond without a question, and the driver of \
    the device binds; but the interrupt never arrives. An APLIC refuses 0.
    """
  static let consequence = """
    the device hangs with its first interrupt, without a word; a disk does so before there is a first \
    process
    """
  static let help = "write a number of the VMM, or raise the number of sources"
  static let sources = [
    Source.linux("drivers/irqchip/irq-sifive-plic.c", "plic_irq_domain_translate"),
    .linux("drivers/irqchip/irq-riscv-aplic-main.c", "aplic_irqdomain_translate"),
    .linux("kernel/irq/irqdomain.c", "irq_domain_set_mapping"),
    .observed("a disk with 0, with 97 of 96, and with 6 of 5: [vda] is the last line"),
  ]
  static let good = [
    Example(
      in: .riscv,
      """
      &disk {
        interrupts = <96>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .riscv,
      """
      &disk {
        interrupts = <0>;  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &disk {
        interrupts = <97>;  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &plic {
        riscv,ndev = <5>;  // finding
      };
      &disk {
        interrupts = <6>;
      };
      """),
  ]

  private struct Use {
    let property: FlattenedTree.Property
    let cell: Int
    let name: String

    var number: UInt32 { property.cell(cell) ?? 0 }
    var spot: Spot { .cells(property, cell..<(cell + 1), name) }
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let controllers = SourceController.all(in: view)
    guard !controllers.isEmpty else { return }
    // Looked up by the controller's index, never walked.
    var uses: [Int: [Use]] = [:]
    for controller in controllers { uses[controller.node.index] = [] }
    view.visitEnabledInterrupts { property, index, cells, controller in
      uses[controller]?.append(
        Use(property: property, cell: cells.lowerBound, name: "\(property.name)[\(index)]"))
    }
    for (_, map) in report.shared.interruptMaps {
      for row in map.rows {
        uses[row.parent.index]?.append(
          Use(
            property: map.property, cell: row.specifier.lowerBound,
            name: "interrupt-map[\(row.index)].specifier"))
      }
    }
    for controller in controllers {
      check(controller, uses[controller.node.index] ?? [], &report)
    }
  }

  private static func check(
    _ controller: SourceController, _ uses: [Use], _ report: inout Reporter
  ) {
    for use in uses where use.number == 0 {
      report("there is no source 0", at: use.spot, found: "0", expected: "1 or more")
    }
    guard let limit = controller.limit, let last = controller.last, last > 0 else { return }
    let beyond = uses.filter { $0.number > last }
    // Of many it is the number of sources that is wrong.
    guard beyond.count <= 1 else {
      report(
        "\(beyond.count) interrupts have numbers that the controller does not have",
        at: .property(limit), found: "\(last)",
        expected: "\(beyond.map(\.number).max() ?? 0) or more",
        related: beyond.prefix(4).map { Party("is source \($0.number)", at: $0.spot) })
      return
    }
    for use in beyond {
      report(
        "the controller has no such source", at: use.spot, found: "\(use.number)",
        expected: "1 to \(last)", related: [Party("is the number of sources", at: .property(limit))]
      )
    }
  }
}
