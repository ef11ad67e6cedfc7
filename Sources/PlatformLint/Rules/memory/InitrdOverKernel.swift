import DeviceTree
import Diagnostics
import GuestView

/// The initial RAM disk does not lie where the kernel is loaded.
enum InitrdOverKernel: Rule {
  static let id = "memory/initrd-over-kernel"
  static let severity = Severity.warning
  static let summary = "the initial RAM disk lies where the kernel is usually loaded"
  static let rationale = """
    A VMM puts the kernel at the start of memory, or 2 MiB behind it. Both can not be there: \
    what is loaded second overwrites the first.
    """
  static let consequence = "the guest does not start, or finds no root file system in its RAM disk"
  static let logExample: String? =
    "Unable to handle kernel write to read-only memory at virtual address"
  static let help = "move the RAM disk to the end of memory"
  static let exceptions = """
    Where the kernel really is can't be seen in a tree: only what covers the third MiB of memory \
    or lies in front of it is told, and only for machines that are a VMM's linux,dummy-virt or \
    riscv-virtio.
    """
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_dt_check_for_initrd"),
    .program("QEMU 7.2", "hw/arm/boot.c, arm_setup_direct_kernel_boot"),
  ]
  static let good = [
    Example(
      """
      &chosen {
        linux,initrd-start = <0x48000000>;
        linux,initrd-end = <0x48800000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &chosen {
        linux,initrd-start = <0x40000000>;  // finding
        linux,initrd-end = <0x40800000>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard KernelPlace.isKnown(in: view), let start = view.memorySet.ranges.first?.first,
      let kernel = AddressRange(at: start, size: 3 << 20), let disk = view.initialRAMDisk,
      disk.range.overlaps(kernel)
    else { return }
    report(
      "the initial RAM disk lies where a VMM usually loads the kernel", at: .property(disk.start),
      found: "\(disk.range)",
      expected: "at least 64 MiB behind the start of memory, \(ByteText.hex(start))")
  }
}
