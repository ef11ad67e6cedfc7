import DeviceTree
import Diagnostics
import GuestView

/// A CPU that waits in a spin table must say where.
enum ReleaseAddressMissing: Rule {
  static let id = "guest/release-address-missing"
  static let severity = Severity.error
  static let summary = "an arm64 CPU with enable-method spin-table has no cpu-release-addr"
  static let rationale = """
    A CPU that firmware left in a loop watches one address, and the guest starts it by a write \
    there. Without cpu-release-addr it does not know where.
    """
  static let consequence = "the CPU is never started"
  static let logLine: String? = "missing or invalid cpu-release-addr property"
  static let help = """
    write cpu-release-addr, or enable-method = "psci" where the VMM has PSCI
    """
  static let exceptions = "A warning for the first CPU, on which the guest runs already."
  static let sources = [
    Source.linux("arch/arm64/kernel/smp_spin_table.c", "smp_spin_table_cpu_init"),
    .binding("arm/cpus.yaml"),
  ]
  static let good = [
    Example(example("\n      cpu-release-addr = <0x0 0x40000000>;", ""))
  ]
  static let bad = [
    Example(example("", "  // finding"))
  ]

  private static func example(_ address: String, _ marker: String) -> String {
    """
    / {
      cpus {
        cpu@1 {\(marker)
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = <1>;
          enable-method = "spin-table";\(address)
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64 else { return }
    let cpus = view.cpus
    let first = cpus.min { ($0.hardwareID ?? .max) < ($1.hardwareID ?? .max) }?.node
    for cpu in cpus {
      guard cpu.node.property("enable-method")?.isString("spin-table") ?? false else { continue }
      let property = cpu.node.property("cpu-release-addr")
      guard (property?.count ?? 0) < 8 else { continue }
      report(
        "the CPU does not say where it waits", at: property.map(Spot.property) ?? .node(cpu.node),
        found: property.map { "\($0.count) bytes" }, expected: "cpu-release-addr of 8 bytes",
        severity: cpu.node == first ? .warning : nil)
    }
  }
}
