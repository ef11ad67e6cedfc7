import PlatformDescription

extension CloudHypervisor {
  /// The end of what guest-physical addresses reach is kept: 64 KiB of nothing, below them
  /// `PLATFORM_DEVICE_AREA_SIZE` for devices on no bus.
  ///
  /// **Source:** Cloud Hypervisor `vmm/src/memory_manager.rs`, `mmio_address_space_size`.
  static let lastReserved = ByteCount.bytes(0x11_0000)

  /// The PCI host of the first segment: one bus, with messages alone; one window below 4 GiB, and one
  /// behind RAM, above 8 GiB in the tree, in multiples of 4 GiB.
  ///
  /// **Source:** Cloud Hypervisor `arch/src/aarch64/layout.rs`: `PCI_MMCONFIG_START`,
  /// `PCI_MMIO_CONFIG_SIZE_PER_SEGMENT`, `MEM_PCI_IO_START`, `MEM_32BIT_DEVICES_START`, `PCI_HIGH_BASE`;
  /// `fdt.rs`, `create_pci_nodes`; `vmm/src/memory_manager.rs`, `start_addr`;
  /// `vmm/src/device_manager.rs`, `create_mmio_allocators`.
  ///
  /// - Parameters:
  ///   - machine: The machine.
  ///   - above: How much RAM there is above 4 GiB, in bytes.
  /// - Returns: The host.
  static func pci(_ machine: Machine, above: UInt64) -> MachinePCI {
    let high = highWindow(machine, above: above)
    return MachinePCI(
      host: PCIHostBridge(ecam: 0x3000_0000, buses: 0...0) {
        Window(.io, at: 0x0905_0000, size: .kib(64))
        Window(.memory32, at: 0x1000_0000, size: .mib(512))
        if let high { Window(.memory64, at: high.at, size: high.size) }
      })
  }

  private static func highWindow(_ machine: Machine, above: UInt64) -> AddressRange? {
    let pciHighBase: UInt64 = 0x2_0000_0000
    let unit: UInt64 = 4 << 30
    let (start, overflow) = highMemory.value.addingReportingOverflow(above)
    let end = Preset.end(ofAddressBits: machine.physicalAddressBits) - lastReserved.bytes
    guard !overflow, start < end else { return nil }
    let size = (end - start) / unit * unit
    let cut = start < pciHighBase ? pciHighBase - start : 0
    guard size > cut else { return nil }
    return AddressRange(at: GuestAddress(start + cut), size: .bytes(size - cut))
  }
}
