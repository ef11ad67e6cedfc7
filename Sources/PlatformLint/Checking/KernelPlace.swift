import DeviceTree
import GuestView

/// Where a VMM loads the kernel, as far as a tree can tell.
enum KernelPlace {
  /// Whether the machine is one whose VMMs put the kernel at the start of memory, or 2 MiB behind it.
  ///
  /// **Source:** QEMU 7.2 `hw/arm/boot.c`, `load_aarch64_image`; `hw/riscv/boot.c`,
  /// `riscv_calc_kernel_start_addr`.
  static func isKnown(in view: GuestView) -> Bool {
    switch view.architecture {
    case .arm64: view.tree.root.isCompatible("linux,dummy-virt")
    case .riscv64: view.tree.root.isCompatible("riscv-virtio")
    default: false
    }
  }
}
