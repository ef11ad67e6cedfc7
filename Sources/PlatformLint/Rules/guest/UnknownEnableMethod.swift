import DeviceTree
import Diagnostics
import GuestView

/// An arm64 kernel knows two ways to start a CPU.
enum UnknownEnableMethod: Rule {
  static let id = "guest/unknown-enable-method"
  static let severity = Severity.error
  static let summary = "enable-method of an arm64 CPU is neither psci nor spin-table"
  static let rationale = """
    The word is compared letter by letter. A CPU with any other one is described and never started.
    """
  static let consequence = "the CPU is never started"
  static let logLine: String? = "Unsupported enable-method:"
  static let help = "write enable-method = \"psci\""
  static let exceptions = "A warning for the first CPU, on which the guest runs already."
  static let sources = [
    Source.linux("arch/arm64/kernel/cpu_ops.c", "init_cpu_ops", "cpu_get_ops"),
    .binding("arm/cpus.yaml"),
    .observed("Unsupported enable-method: pcsi"),
  ]
  static let good = [Example(example("psci", ""))]
  static let bad = [Example(example("pcsi", "  // finding"))]

  private static func example(_ method: String, _ marker: String) -> String {
    """
    / {
      cpus {
        cpu@1 {
          device_type = "cpu";
          compatible = "arm,cortex-a57";
          reg = <1>;
          enable-method = "\(method)";\(marker)
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
      guard let method = cpu.node.property("enable-method") else { continue }
      // What stands behind the first string isn't looked at.
      let word = method.bytes.prefix { $0 != 0 }
      guard !word.elementsEqual("psci".utf8), !word.elementsEqual("spin-table".utf8) else {
        continue
      }
      report(
        "no kernel for arm64 knows this method", at: .property(method),
        found: method.string.map { "\"\($0)\"" }, expected: "\"psci\"",
        severity: cpu.node == first ? .warning : nil)
    }
  }
}
