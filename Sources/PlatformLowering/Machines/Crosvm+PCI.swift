import PlatformDescription

extension Crosvm {
  /// `AARCH64_PLATFORM_MMIO_SIZE`: kept behind RAM for devices on no bus.
  static let platformDevices = ByteCount.mib(8)

  /// The PCI host: CAM, one bus, a window below RAM and one above it, up to the last address that the
  /// host lets a guest have.
  ///
  /// Devices have interrupts from `AARCH64_IRQ_BASE` on, in the order in which they are made, which is
  /// that of the description here. The pool of `--swiotlb` is the host's.
  ///
  /// Earlier versions, which wrote trees by `FdtWriter` (04e36b573d), had 64-bit memory that is not prefetchable
  /// in both windows, which is all that an older pvmfw takes. Since, the window below RAM is 32-bit
  /// memory and the one above prefetchable: so in three forks of 2026, Droid-VM 0966fe7302, tiiuae
  /// 0eaeb106db and whoamI0721 34fb0df120, whose `build_vm` agree; pvmfw takes both (00172f7714).
  ///
  /// **Source:** crosvm `aarch64/src/lib.rs`: `AARCH64_PCI_CAM_BASE_DEFAULT`,
  /// `AARCH64_PCI_CAM_SIZE_DEFAULT`, `AARCH64_PCI_MEM_BASE_DEFAULT`, `AARCH64_PCI_MEM_SIZE_DEFAULT`,
  /// `build_vm`; `aarch64/src/fdt.rs`, `create_pci_nodes`; `hypervisor/src/kvm/aarch64.rs`,
  /// `get_guest_phys_addr_bits`.
  static func pci(_ machine: Machine) -> MachinePCI {
    let high = Preset.window(
      from: memory + machine.memory + platformDevices, addressBits: machine.physicalAddressBits)
    return MachinePCI(
      host: PCIHostBridge(
        cam: 0x1_0000, size: .mib(16), buses: 0...0, memoryRegion: pool(machine), msi: .off
      ) {
        Window(.memory32, at: 0x0200_0000, size: .mib(32))
        if let high {
          Window(.memory64, at: high.at, size: high.size, prefetchable: true)
        }
      },
      firstDeviceInterrupt: .spi(4, .levelHigh))
  }
}
