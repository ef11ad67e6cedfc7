import PlatformDescription

extension QEMUVirt {
  /// The PCI host, with the configuration space of 256 buses and a window for 64-bit addresses where
  /// they fit above RAM, and with 16 buses below 4 GiB elsewhere.
  ///
  /// **Source:** QEMU 7.2, `hw/arm/virt.c`: `base_memmap`, `extended_memmap`, `a15irqmap`,
  /// `create_pcie`, `create_smmu`.
  static func pci(_ high: HighRegions) -> MachinePCI {
    MachinePCI(
      host: PCIHostBridge(
        ecam: high.pcieECAM?.at ?? 0x3f00_0000, buses: 0...(high.pcieECAM == nil ? 15 : 255),
        firstInterrupt: .spi(3, .levelHigh)
      ) {
        Window(.io, at: 0x3eff_0000, size: .kib(64))
        Window(.memory32, at: 0x1000_0000, size: .bytes(0x2eff_0000))
        if let window = high.pcieMMIO { Window(.memory64, at: window.at, size: window.size) }
      },
      smmu: SMMUv3(
        at: 0x0905_0000, eventq: .spi(74, .edgeRising), priq: .spi(75, .edgeRising),
        cmdqSync: .spi(76, .edgeRising), gerror: .spi(77, .edgeRising)))
  }
}
