import Diagnostics
import GuestView

extension TargetProfile {
  static let qemuVirt = TargetProfile(
    .qemuVirt, title: "QEMU",
    summary: """
      QEMU's machine virt for arm64 with -dtb, which takes the tree nearly as it is, while its devices stay where \
      they are
      """,
    version: "QEMU 7.2 (its map), and its hw/arm/boot.c since 3.1", date: "2026-11-26",
    sources: [
      .qemu("hw/arm/boot.c", "arm_load_dtb", "fdt_add_memory_node", "fdt_add_psci_node"),
      .qemu("hw/arm/virt.c", "base_memmap", "a15irqmap"),
    ],
    limits: [
      Limit(
        "memory", "starts at 0x40000000; -m says how much, and QEMU replaces every /memory node"),
      Limit("virtio-mmio", "32 slots of 0x200 bytes from 0xa000000 on, SPI 16 and on"),
      Limit(
        "/chosen", "bootargs and the initrd are replaced where -append and -initrd say something"),
    ],
    weights: [
      Leniency("guest/no-psci", .note, because: "QEMU adds the node where there is none"),
      Leniency("memory/no-memory", .note, because: "QEMU writes the node"),
    ],
    kind: .vm,
    architectures: [.arm32, .arm64])
}

extension Source {
  /// A file of QEMU, and the functions in it that matter.
  static func qemu(_ file: String, _ functions: String...) -> Source {
    .program("QEMU 7.2", ([file] + functions).joined(separator: ", "))
  }
}
