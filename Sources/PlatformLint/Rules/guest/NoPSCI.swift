import DeviceTree
import Diagnostics
import GuestView

/// CPUs that PSCI starts need a PSCI node.
enum NoPSCI: Rule {
  static let id = "guest/no-psci"
  static let severity = Severity.error
  static let summary = "no PSCI is described or enabled for CPUs that it starts"
  static let rationale = """
    The enable-method psci says that a CPU is started by a call to firmware, and the node of PSCI how \
    that is made. The guest looks at the first such node of the tree, and for no other where that one \
    is disabled.
    """
  static let consequence = "only the boot CPU runs, and the guest can neither reset nor power off"
  static let logLine: String? = "psci: no cpu_on method, not booting CPU1"
  static let help = """
    add a node with compatible = "arm,psci-1.0", "arm,psci-0.2" and the method of the VMM, and leave it \
    enabled
    """
  static let exceptions = """
    A warning for a single CPU, which runs without. Trees that also describe a secure world \
    (secure-status), whose firmware adds the node.
    """
  static let sources = [
    Source.linux("drivers/firmware/psci/psci.c", "psci_dt_init"),
    .linux("arch/arm64/kernel/psci.c", "cpu_psci_cpu_prepare"), .binding("arm/psci.yaml"),
    .observed("psci: no cpu_on method, not booting CPU1"),
  ]
  static let good = [
    Example(
      """
      / {
        psci {
          status = "okay";
        };
      };
      """)
  ]
  static let bad = [
    Example(secondCPU + "/ {\n  psci {\n    status = \"disabled\";  // finding\n  };\n};"),
    Example("/ {  // finding\n  /delete-node/ psci;\n};"),
  ]

  private static let secondCPU = """
    / {
      cpus {
        cpu@1 {
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = <1>;
          enable-method = "psci";
        };
      };
    };

    """

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    let cpus = view.cpus.filter { $0.node.property("enable-method")?.isString("psci") ?? false }
    guard let cpu = cpus.first else { return }
    let node = PSCI.node(in: view)
    guard !(node.map(view.isAvailable) ?? false) else { return }
    // QEMU's machines with EL3 name psci in their CPUs, and leave the node to TF-A.
    guard view.properties(named: "secure-status").isEmpty else { return }
    report(
      node == nil ? "no PSCI is described" : "PSCI is disabled",
      at: node?.property("status").map(Spot.property) ?? .node(node ?? view.tree.root),
      expected: "an enabled node with compatible = \"arm,psci-1.0\"",
      related: [Party("is started by PSCI", at: .node(cpu.node))],
      severity: cpus.count > 1 ? nil : .warning)
  }
}
