import DeviceTree
import Diagnostics
import GuestView

/// The first 2 MiB of Firecracker's memory are the VMM's.
enum FirecrackerMemoryElsewhere: TargetRule {
  static let id = "firecracker/memory-elsewhere"
  static let profile: TargetName? = .firecracker
  static let severity = Severity.error
  static let summary = "the memory is not where Firecracker puts it"
  static let rationale = """
    Memory starts at 0x80000000. Its first 2 MiB are left out of the tree, since devices share data with the guest \
    there, and Linux can't map its own memory twice. From 256 GiB to 512 GiB is a hole for devices.
    """
  static let consequence = "the guest has other memory than the tree says"
  static let help = "describe one bank from 0x80200000 on, of mem_size_mib less 2 MiB"
  static let exceptions = "What is plugged in while the guest runs, which isn't in the tree."
  static let sources = [
    Source.firecracker("src/vmm/src/arch/aarch64/fdt.rs", "create_memory_node"),
    .firecracker(
      "src/vmm/src/arch/aarch64/layout.rs", "DRAM_MEM_START, SYSTEM_MEM_SIZE, MMIO64_MEM_START"),
  ]
  static let good = [
    Example(in: .firecracker, "&memory {\n  reg = <0x0 0x80200000 0x0 0x3fe00000>;\n};")
  ]
  static let bad = [
    Example(
      in: .firecracker,
      """
      / {
        /delete-node/ memory@80200000;

        memory@80000000 {
          device_type = "memory";
          reg = <0x0 0x80000000 0x0 0x20000000>;  // finding
        };
      };
      """),
    Example(in: .firecracker, "&memory {\n  reg = <0x0 0x80200000 0x40 0x0>;  // finding\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let banks = view.memory.sorted { $0.range.first < $1.range.first }
    guard let first = banks.first else { return }
    if first.range.first != Firecracker.memoryStart {
      report(
        "the memory of the machine is elsewhere", at: .bank(first), found: first.range.first.hex,
        expected: Firecracker.memoryStart.hex)
      return
    }
    let hole = Firecracker.hole
    for bank in banks where bank.range.first < hole.upperBound && bank.range.last >= hole.lowerBound
    {
      report(
        "the machine has no memory there", at: .bank(bank),
        found: "\(bank.range.first.hex) to \(bank.range.last.hex)",
        expected: "none from \(hole.lowerBound.hex) on, below \(hole.upperBound.hex)")
    }
  }
}
