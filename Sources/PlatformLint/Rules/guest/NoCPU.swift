import DeviceTree
import Diagnostics
import GuestView

/// `/cpus` must have a CPU.
enum NoCPU: Rule {
  static let id = "guest/no-cpu"
  static let severity = Severity.error
  static let summary = "no CPU in /cpus is enabled"
  static let rationale = """
    The guest looks for the node of the CPU on which it runs. Where there is none, it does not know \
    the numbers of the others either.
    """
  static let consequence = "the guest runs on the boot CPU alone, or does not start (RISC-V)"
  static let logLine: String? = "missing boot CPU MPIDR, not enabling secondaries"
  static let help = "add a node with device_type = \"cpu\" and reg for every CPU"
  static let sources = [
    Source.linux("arch/arm64/kernel/smp.c", "smp_init_cpus"),
    .linux("drivers/of/base.c", "of_get_next_cpu_node"), .devicetree("3.8"),
  ]
  static let good = [
    Example(
      """
      / {
        cpus {
          cpu@0 {
            status = "disabled";
          };
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        cpus {  // finding
          /delete-node/ cpu@0;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let cpus = view.tree.root.child("cpus"), view.cpus.isEmpty else { return }
    // On Arm a CPU that is disabled counts as well, and one that failed doesn't.
    if view.architecture != .riscv64, cpus.children.contains(where: isPresent) { return }
    report("no CPU is enabled", at: .node(cpus), expected: "a node with device_type = \"cpu\"")
  }

  private static func isPresent(_ node: FlattenedTree.Node) -> Bool {
    node.hasBaseName("cpu") && node.property("status")?.string?.hasPrefix("fail") != true
  }
}
