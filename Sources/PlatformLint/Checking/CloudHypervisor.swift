/// What Cloud Hypervisor's tree for arm64 can have.
///
/// **Source:** Cloud Hypervisor `arch/src/aarch64/layout.rs`, `fdt.rs` beside it, `create_fdt`
/// (commit 00cd600e5d).
enum CloudHypervisor {
  /// `RAM_START`.
  static let memoryStart: UInt64 = 0x4000_0000
  /// `MEM_32BIT_RESERVED_START` and `RAM_64BIT_START`: between them is no memory.
  static let hole: Range<UInt64> = 0xfc00_0000..<0x1_0000_0000
  /// The room of the tree on RISC-V, in bytes: `FDT_MAX_SIZE` of `arch/src/riscv64/layout.rs`.
  static let treeSizeOnRISCV = 64 << 10

  static let machine = WrittenMachine(devices: [
    .init("arm,gic-v3", at: 0x08ff_0000), .init("arm,pl011", at: 0x0900_0000),
    .init("arm,pl031", at: 0x0901_0000), .init("arm,pl061", at: 0x0902_0000),
    // A host for each PCI segment, of which there are 256 at the most.
    .init("pci-host-ecam-generic", from: 0x3000_0000, every: 0x10_0000, until: 0x4000_0000),
    .init(anywhere: "qemu,fw-cfg-mmio"),
  ])
}
