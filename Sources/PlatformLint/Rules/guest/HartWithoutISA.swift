import DeviceTree
import Diagnostics
import GuestView

/// Every hart must say which instructions it has.
enum HartWithoutISA: Rule {
  static let id = "guest/hart-without-isa"
  static let severity = Severity.error
  static let summary = "a RISC-V CPU does not say which instructions it has"
  static let rationale = """
    A kernel can't ask a hart for its extensions, it reads them: riscv,isa, or riscv,isa-base with \
    riscv,isa-extensions. A hart that says neither is not used.
    """
  static let consequence = "the guest does not use the hart, and without any it does not boot"
  static let logLine: String? =
    "CPU with hartid=… has no \"riscv,isa-base\" or \"riscv,isa\" property"
  static let help = "write riscv,isa-base and riscv,isa-extensions, and riscv,isa for older kernels"
  static let sources = [
    Source.linux("arch/riscv/kernel/cpu.c", "riscv_early_of_processor_hartid"),
    .binding("riscv/extensions.yaml"),
  ]
  static let good = [
    Example(
      in: .riscv,
      """
      &hart {
        /delete-property/ riscv,isa;
        riscv,isa-base = "rv64i";
        riscv,isa-extensions = "i", "m", "a", "f", "d", "c";
      };
      """)
  ]
  static let bad = [
    Example(
      in: .riscv,
      """
      &hart {  // finding
        /delete-property/ riscv,isa;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .riscv64 else { return }
    for cpu in view.cpus where !cpu.node.has("riscv,isa") {
      guard !(cpu.node.has("riscv,isa-base") && cpu.node.has("riscv,isa-extensions")) else {
        continue
      }
      report(
        "the hart does not say which instructions it has", at: .node(cpu.node),
        expected: "riscv,isa, or riscv,isa-base and riscv,isa-extensions")
    }
  }
}
