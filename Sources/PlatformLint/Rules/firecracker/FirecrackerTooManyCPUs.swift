import DeviceTree
import Diagnostics
import GuestView

/// Firecracker refuses more than 32 CPUs.
enum FirecrackerTooManyCPUs: TargetRule {
  static let id = "firecracker/too-many-cpus"
  static let profile: TargetName? = .firecracker
  static let severity = Severity.error
  static let summary = "there are more CPUs than Firecracker takes"
  static let rationale =
    "The configuration of a machine with more is refused before there is a guest."
  static let consequence = "the request for the machine is refused, and there is no guest"
  static let help = "describe 32 CPUs or fewer"
  static let sources = [
    Source.firecracker(
      "src/vmm/src/vmm_config/machine_config.rs", "MAX_SUPPORTED_VCPUS, InvalidVcpuCount")
  ]
  static let good = [Example(in: .firecracker, cpus(count: 31))]
  static let bad = [Example(in: .firecracker, cpus(count: 32, mark: "  // finding"))]

  /// CPUs besides the first; the last of them is marked.
  private static func cpus(count: Int, mark: String = "") -> String {
    let nodes = (1...count).map { number in
      let address = String(number, radix: 16)
      return """
          cpu@\(address) {\(number == count ? mark : "")
            device_type = "cpu";
            compatible = "arm,armv8";
            reg = <0 0x\(address)>;
            enable-method = "psci";
          };
        """
    }
    // Each CPU has its redistributor.
    let gic = """
      &gic {
        reg = <0x0 0x3fff0000 0x0 0x10000>, <0x0 0x3fbd0000 0x0 0x420000>;
      };
      """
    return gic + "\n\n&cpus {\n" + nodes.joined(separator: "\n") + "\n};"
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let cpus = view.cpus
    guard cpus.count > Firecracker.maximumCPUs else { return }
    report(
      "the VMM refuses a machine with this many CPUs",
      at: .node(cpus[Firecracker.maximumCPUs].node), found: "\(cpus.count)",
      expected: "\(Firecracker.maximumCPUs) at the most")
  }
}
