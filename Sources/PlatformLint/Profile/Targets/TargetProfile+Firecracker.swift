import Diagnostics
import GuestView

extension TargetProfile {
  static let firecracker = TargetProfile(
    .firecracker, title: "Firecracker",
    summary: """
      a VMM that takes no tree from anybody; what is judged is whether a tree for arm64 is one that it would write
      """,
    version: "Firecracker's layout with PCI, as of layout.rs 1b40677587 and fdt.rs 0182520673",
    date: "2026-11-27",
    sources: [
      .firecracker("src/vmm/src/arch/aarch64/fdt.rs", "create_fdt", "create_pci_nodes"),
      .firecracker("src/vmm/src/arch/aarch64/layout.rs"),
      .firecracker("src/vmm/src/arch/aarch64/mod.rs", "arch_memory_regions", "get_fdt_addr"),
    ],
    limits: [
      Limit("the tree", "2 MiB, in the last 2 MiB of the first bank of memory"),
      Limit("memory", "starts at 0x80200000; the 2 MiB in front are the VMM's"),
      Limit("CPUs", "\(Firecracker.maximumCPUs)"),
      Limit("virtio", "over virtio-mmio, or with --enable-pci over PCI, never both"),
      Limit("what no device offers", "VIRTIO_F_ACCESS_PLATFORM, so that no pool is ever used"),
    ],
    kind: .vm,
    architectures: [.arm64])
}

extension Source {
  /// A file of Firecracker, and the functions in it that matter.
  static func firecracker(_ file: String, _ functions: String...) -> Source {
    .program("Firecracker", ([file] + functions).joined(separator: ", "))
  }
}
