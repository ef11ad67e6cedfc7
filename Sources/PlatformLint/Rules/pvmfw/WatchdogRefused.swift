import DeviceTree
import Diagnostics
import GuestView

/// pvmfw takes crosvm's watchdog alone.
enum WatchdogRefused: TargetRule {
  static let id = "pvmfw/watchdog-refused"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "the watchdog is another than pvmfw takes, or there is none"
  static let rationale = """
    Where there is a qemu,vcpu-stall-detector, the firmware wants it at 0x3000 with 0x1000 bytes, and as its \
    interrupt PPI 15, edge-rising, with a bit from bit 8 on for each CPU, of which eight can be told. An older pvmfw \
    wants one to be there.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let logLine: String? = "Failed to read vCPU stall detector info from DT: \(PVMFW.notFound)"
  static let help = "describe the watchdog as crosvm does"
  static let sources = [
    Source.pvmfw("src/fdt.rs", "WdtInfo", "read_wdt_info_from", "validate_wdt_info")
  ]
  static let good = [
    Example(in: .protected, "&watchdog {\n  timeout-sec = <10>;\n};")
  ]
  static let bad = [
    Example(in: .protected, "/ {  // finding\n  /delete-node/ vmwdt@3000;\n};"),
    Example(in: .protected, "&watchdog {\n  interrupts = <1 15 1>;  // finding\n};"),
    Example(in: .protected, "&watchdog {\n  interrupts = <1 12 0x101>;  // finding\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    guard let node = pvmfw.nodes("qemu,vcpu-stall-detector").first else {
      report(
        "an older pvmfw refuses a tree without the watchdog", at: .node(view.tree.root),
        expected: "a node compatible with qemu,vcpu-stall-detector", severity: .note)
      return
    }
    guard let entry = pvmfw.entry(of: node), let interrupts = node.property("interrupts"),
      interrupts.cellCount >= 3
    else {
      report("the watchdog has no registers, or no interrupt", at: .node(node))
      return
    }
    // What is wrong with the CPUs is said there.
    guard !pvmfw.cpus.isEmpty else { return }
    let mask = UInt32((1 << min(pvmfw.cpus.count, 16)) - 1) << 8 & 0xff00
    let expected: [UInt32] = [1, 15, mask | 1]
    let found = (0..<3).compactMap(interrupts.cell)
    let line = LogText.line(
      "Invalid watchdog timer: WdtInfo { addr: \(entry.address), size: \(entry.size), irq: \(found) }"
    )
    if (entry.address, entry.size) != (0x3000, 0x1000) {
      report(
        "the watchdog is elsewhere", at: .element(entry.property, 0, cells: entry.cells),
        found: "\(entry.address.hex), \(entry.size.hex) bytes", expected: "0x3000, 0x1000 bytes",
        log: line)
    } else if found != expected {
      report(
        "the watchdog has another interrupt", at: .element(interrupts, 0, cells: 0..<3),
        found: text(found), expected: text(expected), log: line)
    }
  }

  private static func text(_ cells: [UInt32]) -> String {
    "<" + cells.map { UInt64($0).hex }.joined(separator: " ") + ">"
  }
}
