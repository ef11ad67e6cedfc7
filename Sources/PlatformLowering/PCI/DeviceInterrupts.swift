import PlatformDescription

/// The interrupts that a VMM gives to the devices on its PCI bus, in the order in which they are made.
///
/// **Source:** crosvm `arch/src/lib.rs`, `generate_pci_root`; kvmtool `pci.c`, `pci__assign_irq`.
struct DeviceInterrupts {
  private var next: Interrupt
  /// What devices say themselves.
  private let stated: Set<Interrupt>

  /// What `pci` gives away to what is on its bus; nil for a machine that gives nothing away.
  init?(_ pci: MachinePCI?, around content: [PCIContent]) {
    guard let first = pci?.firstDeviceInterrupt else { return nil }
    next = first
    stated = Set(
      content.compactMap { part in
        switch part {
        case .virtioPCI(let noun): noun.interrupt
        case .pciFunction(let noun): noun.interrupt
        case .window, .virtioIOMMU, .pciBridge: nil
        }
      })
  }

  mutating func take() -> Interrupt {
    while stated.contains(next) { next = next + 1 }
    defer { next = next + 1 }
    return next
  }
}
