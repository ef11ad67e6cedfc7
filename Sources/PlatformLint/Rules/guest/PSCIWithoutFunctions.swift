import DeviceTree
import Diagnostics
import GuestView

/// PSCI 0.1 has to say the numbers of its functions.
enum PSCIWithoutFunctions: Rule {
  static let id = "guest/psci-without-functions"
  static let severity = Severity.error
  static let summary = "a node of PSCI 0.1 has no cpu_on"
  static let rationale = """
    The first version of PSCI has no fixed numbers for its functions, so that the node tells \
    them: cpu_on, cpu_off, cpu_suspend, migrate. From 0.2 on they are fixed.
    """
  static let consequence = "only the boot CPU runs"
  static let logLine: String? = "psci: no cpu_on method, not booting CPU1"
  static let help = """
    write compatible = "arm,psci-1.0", "arm,psci-0.2", or the numbers of the functions
    """
  static let exceptions = "A warning for a single CPU, which runs without."
  static let sources = [
    Source.linux("drivers/firmware/psci/psci.c", "psci_0_1_init"),
    .binding("arm/psci.yaml"),
  ]
  static let good = [
    Example(
      """
      / {
        psci {
          compatible = "arm,psci";
          cpu_on = <0xc4000003>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        psci {
          compatible = "arm,psci";  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64, let node = PSCI.node(in: view), view.isEnabled(node),
      !node.isCompatible("arm,psci-0.2"), !node.isCompatible("arm,psci-1.0"),
      node.property("cpu_on")?.cell(0) == nil, let compatible = node.property("compatible")
    else { return }
    let started = view.cpus.filter { $0.node.property("enable-method")?.isString("psci") ?? false }
    guard !started.isEmpty else { return }
    report(
      "PSCI 0.1 does not say how a CPU is started", at: .property(compatible),
      expected: "cpu_on, or \"arm,psci-0.2\" in compatible",
      severity: started.count > 1 ? nil : .warning)
  }
}
