import DeviceTree
import Diagnostics
import GuestView

/// No two CPUs are the same.
enum CPUAddressDuplicate: Rule {
  static let id = "guest/cpu-address-duplicate"
  static let severity = Severity.error
  static let summary = "two CPUs have the same reg"
  static let rationale = """
    The reg of a CPU is how the hardware knows it: its MPIDR on arm64, its hart ID on RISC-V. The \
    guest skips the second node, so it has one CPU less than the machine.
    """
  static let consequence = "the guest uses one of the two"
  static let logLine: String? = "<node>: duplicate boot cpu reg property in DT"
  static let help = "give each CPU the number that the VMM gives it"
  static let sources = [
    Source.linux("arch/arm64/kernel/smp.c", "of_parse_and_init_cpus"), .devicetree("3.8.1"),
  ]
  static let good = [Example(example("1", ""))]
  static let bad = [Example(example("0", "  // finding"))]

  private static func example(_ number: String, _ marker: String) -> String {
    """
    / {
      cpus {
        cpu@1 {
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = <\(number)>;\(marker)
          enable-method = "psci";
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var first: CPUNode?
    let cpus = view.cpus.filter { $0.hardwareID != nil }.sorted {
      ($0.hardwareID ?? 0, $0.node.name, $0.node.index)
        < ($1.hardwareID ?? 0, $1.node.name, $1.node.index)
    }
    for cpu in cpus {
      guard let other = first, other.hardwareID == cpu.hardwareID, let property = cpu.property
      else {
        first = cpu
        continue
      }
      report(
        "the CPU is also \(other.node.name)", at: .property(property),
        found: cpu.hardwareID.map(ByteText.hex), expected: "a number of its own",
        related: [Party("has the same number", at: .node(other.node))])
    }
  }
}
