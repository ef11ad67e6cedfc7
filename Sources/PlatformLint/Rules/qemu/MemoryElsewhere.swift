import DeviceTree
import Diagnostics
import GuestView

/// QEMU replaces the memory of the tree by its own.
enum MemoryElsewhere: TargetRule {
  static let id = "qemu/memory-elsewhere"
  static let profile: TargetName? = .qemuVirt
  static let severity = Severity.error
  static let summary = "the memory is not where QEMU puts it"
  static let rationale = """
    With -dtb too, QEMU takes every node whose path starts with /memory out of the tree, and writes one bank, from \
    0x40000000 on and as large as -m says. Pools and other regions stay where the tree has them.
    """
  static let consequence =
    "the guest has other memory than the tree says, and regions may lie outside of it"
  static let help = "describe one bank from 0x40000000 on, of the size that -m gets"
  static let exceptions = "Several NUMA nodes, which QEMU writes one behind the other."
  static let sources = [
    Source.qemu("hw/arm/boot.c", "arm_load_dtb"), .qemu("hw/arm/virt.c", "base_memmap, VIRT_MEM"),
  ]
  static let good = [
    Example(in: .bare, "&memory {\n  reg = <0x0 0x40000000 0x0 0x20000000>;\n};")
  ]
  static let bad = [
    Example(
      in: .bare,
      """
      / {
        /delete-node/ memory@40000000;

        memory@80000000 {
          device_type = "memory";
          reg = <0x0 0x80000000 0x0 0x20000000>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var next: UInt64 = 0x4000_0000
    for bank in view.memory.sorted(by: { $0.range.first < $1.range.first }) {
      if bank.range.first != next {
        report(
          "the memory of the machine is elsewhere",
          at: .element(
            bank.property, bank.cells.lowerBound / max(bank.cells.count, 1), cells: bank.cells),
          found: bank.range.first.hex, expected: next.hex)
        return
      }
      guard bank.range.last < .max else { return }
      next = bank.range.last + 1
    }
  }
}
