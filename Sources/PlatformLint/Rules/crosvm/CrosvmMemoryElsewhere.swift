import DeviceTree
import Diagnostics
import GuestView

/// crosvm's memory for arm64 has a fixed start.
enum CrosvmMemoryElsewhere: TargetRule {
  static let id = "crosvm/memory-elsewhere"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary = "the memory is not where crosvm puts it"
  static let rationale = """
    On arm64 crosvm has memory from 0x80000000 on. The tree of a protected guest may start 4 MiB below, with the \
    memory of its firmware. No overlay moves memory that the VMM has.
    """
  static let consequence = "the guest has other memory than the tree says"
  static let help = "describe the guest on .crosvm(), or one bank from 0x80000000 on"
  static let sources = [
    Source.crosvm("aarch64/src/lib.rs", "AARCH64_PHYS_MEM_START, AARCH64_PROTECTED_VM_FW_START"),
    .crosvm("arch/src/fdt.rs", "create_memory_node"),
  ]
  static let good = [
    Example(in: .protected, "&memory {\n  reg = <0x0 0x80000000 0x0 0x20000000>;\n};")
  ]
  static let bad = [
    Example(
      in: .protected,
      """
      / {
        memory@40000000 {
          device_type = "memory";
          reg = <0x0 0x40000000 0x0 0x20000000>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.architecture == .arm64,
      let first = view.memory.min(by: { $0.range.first < $1.range.first }),
      !Crosvm.memoryStarts.contains(first.range.first)
    else { return }
    report(
      "the memory of the machine is elsewhere", at: .bank(first), found: first.range.first.hex,
      expected: Crosvm.memoryStarts[0].hex)
  }
}
