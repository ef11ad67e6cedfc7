import DeviceTree
import Diagnostics
import GuestView

/// pvmfw takes one range of memory, where crosvm puts it.
enum MemoryRefused: TargetRule {
  static let id = "pvmfw/memory-refused"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "the memory is not what pvmfw takes"
  static let rationale = """
    The firmware reads the first entry of the first node /memory, which has to say that it is memory. It starts \
    at 0x80000000, or with the firmware's own memory at 0x7fc00000, isn't empty, and consists of whole pages of \
    4 KiB. An older pvmfw takes the first of both alone.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let logLine: String? = "Failed to read memory range from DT: \(PVMFW.notFound)"
  static let help = "describe one bank from 0x80000000 on, in the first node called memory"
  static let sources = [Source.pvmfw("src/fdt.rs", "read_and_validate_memory_range")]
  static let good = [
    Example(in: .protected, "&memory {\n  reg = <0x0 0x80000000 0x0 0x30000000>;\n};")
  ]
  static let bad = [
    Example(
      in: .protected,
      """
      / {
        /delete-node/ memory@80000000;

        memory@90000000 {
          device_type = "memory";
          reg = <0x0 0x90000000 0x0 0x10000000>;  // finding
        };
      };
      """),
    Example(
      in: .protected,
      "&memory {\n  reg = <0x0 0x80000000 0x0 0x20000800>;  // finding\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    guard let memory = pvmfw.memory else {
      report(
        "pvmfw finds no memory", at: .node(pvmfw.memoryNode ?? view.tree.root),
        expected: "a node memory with device_type = \"memory\" and reg")
      return
    }
    let spot = Spot.element(memory.property, 0, cells: memory.cells)
    if memory.address == PVMFW.firmwareStart {
      report(
        "an older pvmfw wants memory without its own", at: spot, found: memory.address.hex,
        expected: PVMFW.memoryStart.hex, severity: .note,
        log: .line("Memory base address \(memory.address.hex) is not \(PVMFW.memoryStart.hex)"))
    } else if memory.address != PVMFW.memoryStart {
      report(
        "memory starts elsewhere than pvmfw wants it", at: spot, found: memory.address.hex,
        expected: PVMFW.memoryStart.hex,
        log: .line(
          "Memory base address \(memory.address.hex) is not one of "
            + "[\(PVMFW.memoryStart.hex), \(PVMFW.firmwareStart.hex)]"))
    } else if memory.size % PVMFW.pageSize != 0 {
      report(
        "memory is not whole pages", at: spot, found: memory.size.hex,
        expected: "a multiple of \(PVMFW.pageSize.hex)",
        log: .line(
          "Memory size \(memory.size.hex) is not a multiple of page size \(PVMFW.pageSize.hex)"))
    } else if memory.size == 0 {
      report("memory is empty", at: spot, log: .line("Memory size is 0"))
    }
  }
}
