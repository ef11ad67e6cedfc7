import DeviceTree
import Diagnostics
import GuestView

/// A PLIC reaches a hart at the level that Linux runs on, and has registers for it.
enum PLICMalformed: Rule {
  static let id = "guest/plic-malformed"
  static let severity = Severity.error
  static let summary = "a PLIC reaches no hart, or lacks registers"
  static let rationale = """
    The interrupts of a PLIC in interrupts-extended are its contexts: one for each hart and \
    privilege level, with registers of 4 KiB behind the first 2 MiB. Linux uses those that lead \
    to the external interrupt of its own level, which is 9 for S.
    """
  static let consequence = "no device has an interrupt"
  static let logLine: String? = "riscv-plic: <node>: no PLIC context available"
  static let help = """
    write <&intc 9> for each hart in interrupts-extended, and 0x200000 and 0x1000 for each \
    context in reg
    """
  static let exceptions =
    "Kernels that run on level M take 11 for 9; those are no guests. A warning for a hart that is left out, which works without."
  static let sources = [
    Source.linux(
      "drivers/irqchip/irq-sifive-plic.c", "plic_probe", "plic_parse_nr_irqs_and_contexts"),
    .binding("interrupt-controller/sifive,plic-1.0.0.yaml"),
  ]
  static let good = [
    Example(
      in: .riscv,
      """
      &plic {
        interrupts-extended = <&intc 9>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .riscv,
      """
      &plic {  // finding
        /delete-property/ interrupts-extended;
      };
      """),
    Example(
      in: .riscv,
      """
      &plic {
        interrupts-extended = <&intc 11>;  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &plic {
        reg = <0x0 0xc000000 0x0 0x4000>;  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &plic {  // finding
        /delete-property/ reg;
      };
      """),
  ]

  /// **Source:** Linux `drivers/irqchip/irq-sifive-plic.c`, `CONTEXT_BASE`, `CONTEXT_SIZE`.
  private static let contextBase: UInt64 = 0x200000
  private static let contextSize: UInt64 = 0x1000

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Each socket of a machine has a PLIC for its own harts.
    let plics = SourceController.plics(in: view)
    for plic in plics {
      let node = plic.node
      if !node.has("reg") {
        report("the PLIC has no registers", at: .node(node), expected: "reg")
      }
      guard node.has("interrupts-extended") || node.has("interrupts") else {
        report("the PLIC reaches no hart", at: .node(node), expected: "interrupts-extended")
        continue
      }
      let contexts = view.interrupts(of: node)
      // What can't be read is told of where it is wrong.
      guard let property = contexts.first?.property else { continue }
      let level = SourceController.supervisorExternal
      if !contexts.contains(where: { property.cell($0.cells.lowerBound) == level }) {
        report(
          "the PLIC has no context for the level that Linux runs on", at: .property(property),
          expected: "external interrupt \(level) of a hart")
      } else if plics.count == 1,
        let left = SourceController.harts(leftOutBy: contexts, in: view).first
      {
        report(
          "the PLIC has no context for a hart", at: .property(property), found: left.name,
          expected: "external interrupt \(level) of each hart",
          related: [Party("is left out", at: .node(left))], severity: .warning)
      }
      let needed = contextBase + UInt64(contexts.count) * contextSize
      guard let reg = view.registers(of: node).first, let size = reg.size, size < needed else {
        continue
      }
      report(
        "the registers of the PLIC end before those of its contexts",
        at: .cells(reg.property, reg.sizeCells, "reg[0].size"), found: ByteText.hexAndSize(size),
        expected: "\(ByteText.hexAndSize(needed)) for \(contexts.count) contexts")
    }
  }
}
