import DeviceTree
import Diagnostics
import GuestView

/// pvmfw knows where crosvm's virtual cpufreq device is.
enum CpufreqRefused: TargetRule {
  static let id = "pvmfw/cpufreq-refused"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "the virtual cpufreq device is not where pvmfw takes it"
  static let rationale = """
    A node compatible with virtual,android-v-only-cpufreq may be left out. Where there is one it is at 0x1040000, and \
    has eight bytes for each CPU.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let logLine: String? = "Failed to read vcpufreq info from DT: \(PVMFW.notFound)"
  static let help = "describe the device as crosvm does, or leave it out"
  static let sources = [
    Source.pvmfw("src/fdt.rs", "read_vcpufreq_info", "validate_vcpufreq_info")
  ]
  static let good = [Example(in: .protected, cpufreq("0x1040000", "0x8"))]
  static let bad = [Example(in: .protected, cpufreq("0x1040000", "0x10", mark: "  // finding"))]

  private static func cpufreq(_ address: String, _ size: String, mark: String = "") -> String {
    """
    / {
      cpufreq@\(address.dropFirst(2)) {
        compatible = "virtual,android-v-only-cpufreq";
        reg = <0x0 \(address) 0x0 \(size)>;\(mark)
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    guard let node = pvmfw.nodes("virtual,android-v-only-cpufreq").first else { return }
    guard let entry = pvmfw.entry(of: node) else {
      report("pvmfw can't read where the device is", at: .node(node))
      return
    }
    let size = UInt64(8 * min(pvmfw.cpus.count, 16))
    if (entry.address, entry.size) != (0x104_0000, size) {
      report(
        "the device is elsewhere, or has another size",
        at: .element(entry.property, 0, cells: entry.cells),
        found: "\(entry.address.hex), \(entry.size.hex) bytes",
        expected: "0x1040000, \(size.hex) bytes",
        log: .line(
          "Failed to validate vcpufreq info from DT: Invalid vcpufreq region: (\(entry.address.hex), "
            + "\(entry.size.hex))"))
    }
  }
}
