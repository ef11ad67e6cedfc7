import DeviceTree
import Diagnostics
import GuestView

/// Every hart has an interrupt controller of its own.
enum HartWithoutController: Rule {
  static let id = "guest/hart-without-controller"
  static let severity = Severity.error
  static let summary = "a RISC-V CPU has no riscv,cpu-intc, or one that is no controller"
  static let rationale = """
    Timer, software and external interrupts reach a hart through its own controller, which is a \
    child of the CPU's node. The PLIC and everything else refer to it.
    """
  static let consequence = "the hart gets no interrupts; where no hart has one, the guest panics"
  static let logLine: String? = "Kernel panic - not syncing: No interrupt controller found."
  static let help = """
    add a child with compatible = "riscv,cpu-intc", interrupt-controller and #interrupt-cells = <1>
    """
  static let sources = [
    Source.linux("arch/riscv/kernel/irq.c", "init_IRQ"),
    .linux("drivers/irqchip/irq-riscv-intc.c", "riscv_intc_init"),
    .binding("interrupt-controller/riscv,cpu-intc.yaml"),
  ]
  static let good = [
    Example(
      in: .riscv,
      """
      &intc {
        interrupt-controller;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .riscv,
      """
      &hart {  // finding
      };
      &intc {
        compatible = "example,intc";
      };
      """),
    Example(
      in: .riscv,
      """
      &intc {  // finding
        /delete-property/ interrupt-controller;
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .riscv64 else { return }
    for cpu in view.cpus {
      let own = cpu.node.children.first {
        $0.isCompatible("riscv,cpu-intc") && view.isAvailable($0)
      }
      guard let own else {
        report(
          "the hart has no enabled interrupt controller", at: .node(cpu.node),
          expected: "a child with compatible = \"riscv,cpu-intc\"")
        continue
      }
      guard !own.has("interrupt-controller") else { continue }
      report(
        "the hart's own controller is not marked as one", at: .node(own),
        expected: "interrupt-controller")
    }
  }
}
