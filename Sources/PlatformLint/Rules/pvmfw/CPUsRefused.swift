import DeviceTree
import Diagnostics
import GuestView

/// pvmfw counts CPUs by one compatible.
enum CPUsRefused: TargetRule {
  static let id = "pvmfw/cpus-refused"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "pvmfw counts no CPU, or can't place one in the topology"
  static let rationale = """
    The firmware counts the nodes that are compatible with arm,armv8, whatever else they are. Where there is \
    /cpus/cpu-map, each of them has to have a phandle that stands in it, in the clusters cluster0 to cluster2 and \
    their cores core0 to core9.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let logLine: String? = "Failed to validate CPU info from DT: Invalid CPU count: 0"
  static let help = """
    make CPUs compatible with arm,armv8, as crosvm does, and name all of them in cpu-map or leave that out
    """
  static let sources = [
    Source.pvmfw("src/fdt.rs", "read_cpu_info_from", "read_cpu_map_from", "validate_cpu_info")
  ]
  static let good = [Example(in: .protected, cpuMap("cpu0"))]
  static let bad = [
    Example(
      in: .protected,
      "&cpus {  // finding\n  cpu@0 {\n    compatible = \"arm,cortex-a57\";\n  };\n};"),
    Example(
      in: .protected,
      cpuMap("cpu0")
        + """

        &cpus {
          cpu@1 {  // finding
            device_type = "cpu";
            compatible = "arm,armv8";
            reg = <1>;
            enable-method = "psci";
          };
        };

        &watchdog {
          interrupts = <1 15 0x301>;
        };

        &gic {
          reg = <0x0 0x3fff0000 0x0 0x10000>, <0x0 0x3ffb0000 0x0 0x40000>;
        };
        """),
  ]

  private static func cpuMap(_ cpu: String) -> String {
    """
    &cpus {
      cpu-map {
        cluster0 {
          core0 {
            cpu = <&\(cpu)>;
          };
        };
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    guard let cpus = pvmfw.child("cpus", of: view.tree.root) else {
      report("pvmfw counts no CPU", at: .node(view.tree.root))
      return
    }
    if pvmfw.cpus.isEmpty {
      report(
        "pvmfw counts no CPU", at: .node(cpus), expected: "nodes compatible with arm,armv8")
      return
    }
    guard let map = pvmfw.child("cpu-map", of: cpus) else { return }
    var placed: Set<UInt32> = []
    for cluster in map.children.prefix(3) {
      for core in cluster.children.prefix(10) {
        if let cpu = core.property("cpu")?.u32 { placed.insert(cpu) }
      }
    }
    for cpu in pvmfw.cpus.prefix(16) {
      guard let phandle = cpu.property("phandle")?.u32 else {
        report(
          "pvmfw can't place this CPU", at: .node(cpu), expected: "a phandle that cpu-map names",
          log: .line("Failed to read CPU info from DT: \(PVMFW.notFound)"))
        continue
      }
      if !placed.contains(phandle) {
        report(
          "cpu-map doesn't name this CPU", at: .node(cpu),
          log: .line("Failed to read CPU info from DT: Unexpected property value"))
      }
    }
  }
}
