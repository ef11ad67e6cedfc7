import DeviceTree
import Diagnostics
import GuestView

/// A VMM loads the kernel at the start of memory.
enum PoolOverKernel: Rule {
  static let id = "memory/pool-over-kernel"
  static let severity = Severity.warning
  static let summary = "a restricted pool lies where the kernel is usually loaded"
  static let rationale = """
    A VMM for arm64 puts the kernel at the start of memory, QEMU 2 MiB behind it for today's images. \
    The kernel reserves itself first, and a pool over that range is then reserved without a word. It is \
    cleared when its first device attaches. On RISC-V firmware lies at the start, and the kernel 2 MiB \
    behind it.
    """
  static let consequence =
    "if the kernel lies there, it overwrites itself and panics when the first device attaches"
  static let logLine: String? = "Unable to handle kernel write to read-only memory"
  static let help = "move the pool to the end of memory"
  static let exceptions = """
    Where the kernel really is can't be seen in a tree, nor how long it is: a warning for what covers \
    the third MiB of memory, a note for what starts in the first 64. Machines that are not a VMM's \
    linux,dummy-virt or riscv-virtio.
    """
  static let sources = [
    Source.linux("arch/arm64/mm/init.c", "arm64_memblock_init"),
    .linux("drivers/of/of_reserved_mem.c", "early_init_dt_reserve_memory"),
    .program("QEMU 7.2", "hw/arm/boot.c, load_aarch64_image; hw/riscv/boot.c, riscv_load_kernel"),
    .observed("a pool over the kernel's image: panic on a write to read-only memory"),
  ]
  static let good = [example("0x48000000", "")]
  static let bad = [
    example("0x40000000", "  // finding"), example("0x42000000", "  // finding"),
  ]

  private static func example(_ address: String, _ marker: String) -> Example {
    Example(
      """
      &reserved {
        /delete-node/ restricted-dma-pool@5f000000;
        pool: restricted-dma-pool@\(address.dropFirst(2)) {
          compatible = "restricted-dma-pool";
          reg = <0x0 \(address) 0x0 0x800000>;\(marker)
        };
      };
      &disk {
        memory-region = <&pool>;
      };
      &net {
        memory-region = <&pool>;
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard KernelPlace.isKnown(in: view),
      let start = view.memorySet.ranges.first?.first,
      let image = AddressRange(at: start, size: 64 << 20),
      let certain = AddressRange(at: start, size: 3 << 20)
    else { return }
    for region in view.restrictedPools where region.refusal == nil {
      guard let range = region.range, range.overlaps(image), view.memorySet.contains(range),
        let reg = region.node.property("reg"), let entry = region.entries.first
      else { continue }
      report(
        "the pool lies where a VMM usually loads the kernel",
        at: .element(reg, 0, cells: entry.cells), found: "\(range)",
        expected: "at least 64 MiB behind the start of memory, \(ByteText.hex(start))",
        severity: range.overlaps(certain) ? nil : .note)
    }
  }
}
