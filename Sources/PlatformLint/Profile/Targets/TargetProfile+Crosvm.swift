import Diagnostics
import GuestView

extension TargetProfile {
  static let crosvm = TargetProfile(
    .crosvm, title: "crosvm",
    summary: """
      a VMM that writes its tree itself and lays overlays over it (--device-tree-overlay); an overlay is judged by \
      whether crosvm can apply it, any other tree by whether it is one that crosvm for arm64 would write
      """,
    version: "crosvm of 2026, with 32-bit and 64-bit windows of PCI told apart", date: "2026-11-27",
    sources: [
      .crosvm("cros_fdt/src/overlay.rs", "apply_overlay"),
      .crosvm("arch/src/fdt.rs", "apply_device_tree_overlays", "create_memory_node"),
      .crosvm("aarch64/src/fdt.rs", "create_fdt", "add_symbols_entry", "create_pci_nodes"),
      .crosvm("aarch64/src/lib.rs", "build_vm", "get_swiotlb_addr"),
    ],
    limits: [
      Limit("the tree, with its overlays", "2 MiB"),
      Limit("memory", "starts at 0x80000000; a protected guest's at 0x7fc00000, with its firmware"),
      Limit(
        "labels that an overlay can refer to",
        "intc, and those of overlays that are named in front of it"),
      Limit("restricted pools", "1, in whole MiB, for all functions of PCI"),
      Limit("virtio", "over PCI alone, on one bus"),
    ],
    kind: .vm,
    architectures: [.arm64])
}

extension Source {
  /// A file of crosvm, and the functions in it that matter.
  static func crosvm(_ file: String, _ functions: String...) -> Source {
    .program("crosvm", ([file] + functions).joined(separator: ", "))
  }
}
