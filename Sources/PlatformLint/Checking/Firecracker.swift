/// What Firecracker's tree for arm64 can have.
///
/// **Source:** Firecracker `src/vmm/src/arch/aarch64/layout.rs`, `fdt.rs` beside it, `create_fdt`;
/// `src/vmm/src/device_manager/mmio.rs`, `MMIO_LEN`.
enum Firecracker {
  /// Where the guest's memory starts: `DRAM_MEM_START`, and `SYSTEM_MEM_SIZE` behind it.
  static let memoryStart: UInt64 = 0x8020_0000
  /// What lies in front of it, for devices that share memory with the VMM.
  static let systemMemory: Range<UInt64> = 0x8000_0000..<0x8020_0000
  /// The hole for devices in memory: `MMIO64_MEM_START` and `FIRST_ADDR_PAST_64BITS_MMIO`.
  static let hole: Range<UInt64> = (256 << 30)..<(512 << 30)
  /// `MAX_SUPPORTED_VCPUS` of `src/vmm/src/vmm_config/machine_config.rs`.
  static let maximumCPUs = 32

  static let machine = WrittenMachine(devices: [
    .init("arm,gic-v3", at: 0x3fff_0000),
    // Its distributor takes 4 KiB, and ends where devices start.
    .init("arm,gic-400", at: 0x3fff_f000), .init("arm,cortex-a15-gic", at: 0x3fff_f000),
    .init("ns16550a", at: 0x4000_2000), .init("arm,pl031", at: 0x4000_1000),
    .init("virtio,mmio", from: 0x4000_3000, every: 0x1000, until: 0x7000_0000),
    .init("pci-host-ecam-generic", at: 0x7000_0000),
    .init("microsoft,vmgenid", in: systemMemory), .init("amazon,vmclock", in: systemMemory),
  ])
}
