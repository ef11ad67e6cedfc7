import PlatformDescription

extension QEMUVirt {
  /// What QEMU's `virt` has above RAM: from 256 GiB, or from behind RAM where that reaches further, as
  /// far as the processors' physical addresses go.
  ///
  /// Each region lies at a multiple of its size. One that doesn't fit is left out: the ECAM then lies
  /// below 4 GiB, PCI has no window for 64-bit addresses, and there are fewer processors.
  ///
  /// **Source:** QEMU 7.2, `hw/arm/virt.c`: `virt_set_memmap` and `extended_memmap`; compared with what
  /// QEMU 7.2 dumps. `compact-highmem`, which later versions have, changes nothing here: it closes the
  /// gaps of regions that are switched off, and no option here switches one off.
  struct HighRegions {
    /// How many bits a physical address has.
    let addressBits: Int
    /// `VIRT_HIGH_GIC_REDIST2`; nil where it doesn't fit.
    let redistributors: AddressRange?
    /// `VIRT_HIGH_PCIE_ECAM`; nil where it doesn't fit.
    let pcieECAM: AddressRange?
    /// `VIRT_HIGH_PCIE_MMIO`; nil where it doesn't fit.
    let pcieMMIO: AddressRange?

    init(_ machine: Machine) {
      addressBits = Self.addressBits(of: machine)
      let end: UInt64 = 1 << UInt64(addressBits)
      // RAM that has no room is refused by its size.
      let ram = min(machine.memory.bytes, end) + QEMUVirt.memory.value
      var next = max(256 << 30, Self.roundUp(ram, to: 1 << 30))
      func region(_ size: ByteCount) -> AddressRange? {
        let start = Self.roundUp(next, to: size.bytes)
        next = start + size.bytes
        return next <= end ? AddressRange(at: GuestAddress(start), size: size) : nil
      }
      redistributors = region(.mib(64))
      pcieECAM = region(.mib(256))
      pcieMMIO = region(.gib(512))
    }

    private static func roundUp(_ address: UInt64, to size: UInt64) -> UInt64 {
      (address + size - 1) / size * size
    }

    /// What the processors say in ID_AA64MMFR0_EL1.PARange; 48 where nothing is known of them.
    ///
    /// **Source:** QEMU 7.2, `target/arm/cpu64.c`: `id_aa64mmfr0` of each model.
    private static func addressBits(of machine: Machine) -> Int {
      guard machine.highmem ?? true else { return 32 }
      switch machine.cpuCompatible {
      case "arm,cortex-a35", "arm,cortex-a53", "arm,cortex-a76", "arm,a64fx": return 40
      case "arm,cortex-a57", "arm,cortex-a72": return 44
      default: return 48
      }
    }
  }
}
