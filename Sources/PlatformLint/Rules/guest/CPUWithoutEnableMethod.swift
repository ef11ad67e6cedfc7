import DeviceTree
import Diagnostics
import GuestView

/// CPUs other than the first need an `enable-method`.
enum CPUWithoutEnableMethod: Rule {
  static let id = "guest/cpu-without-enable-method"
  static let severity = Severity.error
  static let summary = "an arm64 CPU other than the first has no enable-method"
  static let rationale = """
    The guest starts the other CPUs by the method that each of their nodes names. There is no \
    default: a CPU without one stays off.
    """
  static let consequence = "the CPU is never started"
  static let logLine: String? = "<node>: missing enable-method property"
  static let help = "write enable-method = \"psci\" in every CPU node"
  static let exceptions = """
    The first CPU, on which the guest already runs. A warning where no CPU has one and no device of \
    a virtual machine is described: boot loaders of boards add it.
    """
  static let sources = [
    Source.linux("arch/arm64/kernel/cpu_ops.c", "cpu_read_enable_method"),
    .binding("arm/cpus.yaml"),
  ]
  static let good = [Example(example("  // as the first", "\n      enable-method = \"psci\";"))]
  static let bad = [Example(example("  // finding", ""))]

  private static func example(_ comment: String, _ method: String) -> String {
    """
    / {
      cpus {
        cpu@1 {\(comment)
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = <1>;\(method)
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    // The boot CPU can't be told from the tree; all others name a method, and one may not.
    let cpus = view.cpus
    let without = cpus.filter { !$0.node.has("enable-method") }
    let boot = cpus.min { ($0.hardwareID ?? .max) < ($1.hardwareID ?? .max) }
    let isBoard = without.count == cpus.count && view.virtioMMIO.isEmpty
    for cpu in without where cpu.node != boot?.node {
      report(
        "the CPU has no enable-method", at: .node(cpu.node), expected: "enable-method = \"psci\"",
        severity: isBoard ? .warning : nil)
    }
  }
}
