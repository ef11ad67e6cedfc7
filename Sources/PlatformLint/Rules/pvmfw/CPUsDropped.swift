import DeviceTree
import Diagnostics
import GuestView

/// pvmfw has room for 16 CPUs.
enum CPUsDropped: TargetRule {
  static let id = "pvmfw/cpus-dropped"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "there are more than 16 CPUs"
  static let rationale = """
    The firmware's own tree has 16 CPUs, of which it takes out those that the VMM's tree hasn't. It drops what there is \
    beyond, and compares the watchdog's interrupt with the CPUs that are left.
    """
  static let consequence = "the guest has 16 CPUs, and the VMM's other threads never run"
  static let logLine: String? = "DT has more than 16 CPU nodes: discarding extra nodes."
  static let help = "give the guest 16 CPUs at the most"
  static let sources = [
    Source.pvmfw("src/fdt.rs", "DeviceTreeInfo::MAX_CPUS", "read_cpu_info_from"),
    .pvmfw("platform.dts"),
  ]
  static let good = [Example(in: .protected, cpus(16))]
  static let bad = [Example(in: .protected, cpus(17))]

  private static func cpus(_ count: Int) -> String {
    let nodes = (1..<count).map { index in
      """
        cpu@\(String(index, radix: 16)) {\(index == 16 ? "  // finding" : "")
          device_type = "cpu";
          compatible = "arm,armv8";
          reg = <\(index)>;
          enable-method = "psci";
        };
      """
    }
    let size = count * 0x20000
    return
      "&cpus {\n\(nodes.joined(separator: "\n"))\n};\n\n&gic {\n  reg = <0x0 0x3fff0000 0x0 0x10000>, <0x0 "
      + "0x\(String(0x3fff_0000 - size, radix: 16)) 0x0 0x\(String(size, radix: 16))>;\n};\n\n"
      + "&watchdog {\n  interrupts = <1 15 0xff01>;\n};"
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let cpus = PVMFW(view).cpus
    guard cpus.count > 16, let first = cpus.dropFirst(16).first else { return }
    report(
      "pvmfw drops this CPU and those behind it", at: .node(first), found: "\(cpus.count) CPUs",
      expected: "at most 16")
  }
}
