import DeviceTree
import Diagnostics
import GuestView

/// `/cpus` must have a CPU.
enum NoCPU: Rule {
  static let id = "guest/no-cpu"
  static let severity = Severity.error
  static let summary = "there is no /cpus, or no CPU in it is enabled"
  static let rationale = """
    The guest looks for the node of the CPU on which it runs. Where there is none, it does not know \
    the numbers of the others either. It looks for /cpus by that path.
    """
  static let consequence = "the guest runs on the boot CPU alone, or does not start (RISC-V)"
  static let logLine: String? = "missing boot CPU MPIDR, not enabling secondaries"
  static let help = "add a node with device_type = \"cpu\" and reg for every CPU"
  static let exceptions = """
    Overlays; trees for x86, whose CPUs ACPI describes; and trees in which nothing tells of a virtual \
    machine, where a boot loader may add the node.
    """
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
      """),
    Example("/ {  // finding\n  /delete-node/ cpus;\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.cpus.isEmpty else { return }
    guard let cpus = view.tree.root.child("cpus") else {
      guard !view.isOverlay, !view.memory.isEmpty, isWhole(view),
        !MisspeltNodeName.all(in: view.tree).contains(where: { $0.meant == "cpus" })
      else { return }
      report("no CPU is described", at: .node(view.tree.root), expected: "a node /cpus")
      return
    }
    // On Arm a CPU that is disabled counts as well, and one that failed doesn't.
    if view.architecture != .riscv64, cpus.children.contains(where: isPresent) { return }
    report("no CPU is enabled", at: .node(cpus), expected: "a node with device_type = \"cpu\"")
  }

  private static func isPresent(_ node: FlattenedTree.Node) -> Bool {
    node.hasBaseName("cpu") && node.property("status")?.string?.hasPrefix("fail") != true
  }

  /// Whether the tree is meant to be all that a guest is told: an interrupt controller, a timer or a
  /// device of a virtual machine is in it, or nothing at all besides memory.
  private static func isWhole(_ view: GuestView) -> Bool {
    guard view.architecture != .x86 else { return false }
    if view.architecture != nil || !view.virtioMMIO.isEmpty { return true }
    if view.properties(named: "compatible").isEmpty { return true }
    return ["arm,gic-v3", "arm,gic-400", "arm,cortex-a15-gic", "riscv,plic0", "riscv,aplic"]
      .contains { !view.nodes(compatibleWith: $0).isEmpty }
  }
}
