import Diagnostics
import GuestView

extension TargetProfile {
  static let cloudHypervisor = TargetProfile(
    .cloudHypervisor, title: "Cloud Hypervisor",
    summary: """
      a VMM that takes no tree from anybody; what is judged is whether a tree for arm64, or on RISC-V its size, is \
      one that it would write
      """,
    version: "Cloud Hypervisor, as of fdt.rs 00cd600e5d with fw_cfg", date: "2026-11-27",
    sources: [
      .cloudHypervisor("arch/src/aarch64/fdt.rs", "create_fdt", "create_memory_node"),
      .cloudHypervisor("arch/src/aarch64/layout.rs"),
      .cloudHypervisor("arch/src/riscv64/layout.rs"),
      .program("Cloud Hypervisor", "docs/iommu.md, issue 1843, pull requests 3135 and 8054"),
    ],
    limits: [
      Limit("the tree", "2 MiB from 0x40000000 on, where memory starts; 64 KiB on RISC-V"),
      Limit("memory", "from 0x40000000 to 0xfbffffff, and from 0x100000000 on"),
      Limit("virtio", "over PCI alone, one bus for each segment"),
      Limit("an IOMMU", "one virtio-iommu, in front of all functions of segment 0 but itself"),
    ],
    kind: .vm,
    architectures: [.arm64, .riscv64],
    partly: [.riscv64: "its size and its reserved memory alone"])
}

extension Source {
  /// A file of Cloud Hypervisor, and the functions in it that matter.
  static func cloudHypervisor(_ file: String, _ functions: String...) -> Source {
    .program("Cloud Hypervisor", ([file] + functions).joined(separator: ", "))
  }
}
