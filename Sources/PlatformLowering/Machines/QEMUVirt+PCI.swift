import PlatformDescription

extension QEMUVirt {
  /// The PCI host with its windows above 4 GiB, as it is without `highmem=off`.
  ///
  /// From 255 GiB of RAM on, the high windows move behind it.
  ///
  /// **Source:** QEMU 7.2, `hw/arm/virt.c`: `base_memmap`, `extended_memmap`, `a15irqmap`,
  /// `create_pcie`, `create_smmu`.
  static let pci = MachinePCI(
    host: PCIHostBridge(
      ecam: 0x40_1000_0000, buses: 0...255, firstInterrupt: .spi(3, .levelHigh)
    ) {
      Window(.io, at: 0x3eff_0000, size: .kib(64))
      Window(.memory32, at: 0x1000_0000, size: .bytes(0x2eff_0000))
      Window(.memory64, at: 0x80_0000_0000, size: .gib(512))
    },
    smmu: SMMUv3(
      at: 0x0905_0000, eventq: .spi(74, .edgeRising), priq: .spi(75, .edgeRising),
      cmdqSync: .spi(76, .edgeRising), gerror: .spi(77, .edgeRising)),
    largestMemory: .gib(255))
}
