import DeviceTree
import Diagnostics
import GuestView

/// The PSCI node must say how firmware is called.
enum PSCIMethod: Rule {
  static let id = "guest/psci-method"
  static let severity = Severity.error
  static let summary = "the PSCI node does not say hvc or smc"
  static let rationale = """
    A guest starts its other CPUs, resets and powers off by calls to PSCI. The property method says \
    by which instruction; without it, or with any other word, there is no PSCI.
    """
  static let consequence = "only the boot CPU runs, and the guest can not power off"
  static let logLine: String? = "missing \"method\" property"
  static let help = "write method = \"hvc\", or \"smc\" where the VMM takes that"
  static let sources = [
    Source.linux("drivers/firmware/psci/psci.c", "get_set_conduit_method"),
    .binding("arm/psci.yaml"),
  ]
  static let good = [example("method = \"smc\";")]
  static let bad = [
    example("method = \"hypercall\";  // finding"),
    Example(
      """
      / {
        psci {  // finding
          /delete-property/ method;
        };
      };
      """),
  ]

  private static func example(_ method: String) -> Example {
    Example(
      """
      / {
        psci {
          \(method)
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in PSCI.nodes(in: view) where view.isEnabled(node) {
      guard let method = node.property("method") else {
        report("the node has no method", at: .node(node), expected: "hvc or smc")
        continue
      }
      guard !method.isString("hvc"), !method.isString("smc") else { continue }
      report(
        "there is no such method", at: .property(method), found: method.string.map { "\"\($0)\"" },
        expected: "\"hvc\" or \"smc\"")
    }
  }
}
