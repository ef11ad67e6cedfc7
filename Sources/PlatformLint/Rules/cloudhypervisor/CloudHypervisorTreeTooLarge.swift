import DeviceTree
import Diagnostics
import GuestView

/// On RISC-V Cloud Hypervisor has 64 KiB for the tree.
enum CloudHypervisorTreeTooLarge: TargetRule {
  static let id = "cloudhypervisor/tree-too-large"
  static let profile: TargetName? = .cloudHypervisor
  static let severity = Severity.error
  static let summary = "the tree is larger than what Cloud Hypervisor keeps for it on RISC-V"
  static let rationale = """
    The tree lies at the start of memory, and the kernel 64 KiB behind. Nobody compares the tree's size with that.
    """
  static let consequence = "the tree lies over the kernel, and the guest doesn't start"
  static let help = "describe fewer devices, or shorter values"
  static let sources = [
    Source.cloudHypervisor("arch/src/riscv64/layout.rs", "FDT_MAX_SIZE, KERNEL_START"),
    .cloudHypervisor("arch/src/riscv64/fdt.rs", "write_fdt_to_memory"),
  ]
  static let good = [Example(in: .riscv, "/ {\n  model = \"small\";\n};")]
  static let bad = [
    Example(
      in: .riscv,
      """
      / {  // finding
        padding = /incbin/("/dev/zero", 0, 0x10000);
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let size = view.tree.header.totalSize
    guard view.architecture == .riscv64, size > CloudHypervisor.treeSizeOnRISCV else { return }
    report(
      "the tree lies over the kernel", at: .node(view.tree.root), found: ByteText.hexAndSize(size),
      expected: "at most \(ByteText.hexAndSize(CloudHypervisor.treeSizeOnRISCV))")
  }
}
