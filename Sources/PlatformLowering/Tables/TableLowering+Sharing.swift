import PlatformDescription

extension TableLowering {
  /// Lowers what a machine has shared memory for: to nothing, since tables have no word for it.
  ///
  /// A frontend would bounce through a pool, of which Linux knows none under ACPI. A backend only needs
  /// that its kernel leaves the memory alone, and what no memory map has as RAM it leaves alone.
  ///
  /// **Source:** Linux 6.12 `drivers/acpi/scan.c`, `acpi_dma_configure_id`, which ties no device to a pool;
  /// `drivers/firmware/efi/efi-init.c`, `reserve_regions`.
  mutating func lower(_ noun: SharedMemoryRole) {
    shared.checkUse(of: noun)
    guard shared.isFirstRole(noun) else { return }
    if noun.use == .restrictedDMAPool {
      note(region: noun.name, at: noun.declaration.location)
      return
    }
    shared.roles.append(noun)
    guard let range = noun.range.closed,
      memory.contains(where: { $0.overlaps(range) })
    else { return }
    mistake(
      "description/no-effect-under-acpi",
      "'\(noun.name)' is memory of '\(machine.name)', and under ACPI the firmware's memory map alone keeps it from Linux",
      at: noun.declaration.location,
      help:
        "let the machine have less memory, so that the share lies outside of it, or describe it with a device tree",
      related: [.init("the share is declared here", at: noun.share.declaration.location)])
  }

  /// The RAM that is described, or that the VMM's machine has.
  private var memory: [ClosedRange<UInt64>] {
    (shared.presetElements + machine.elements).compactMap { element in
      guard case .memory(let memory) = element else { return nil }
      return AddressRange(at: memory.at, size: memory.size).closed
    }
  }
}
