extension Machine {
  /// crosvm for arm64, as of 2026.
  ///
  /// RAM from 0x8000_0000, one 16550A at 0x3f8, a PL030, a watchdog for each processor. Its virtio
  /// devices are functions of a PCI bus, ``PCIHostBridge`` without an address: it has no slots for
  /// virtio-mmio. Each function has the next interrupt, in the order in which they are written.
  ///
  /// - Parameters:
  ///   - gic: The interrupt controller: version 3 where the host has one.
  ///   - swiotlb: The size of the pool that the PCI bus bounces through, `--swiotlb` in MiB: it is
  ///     called `restricted_dma_reserved`, and the guest places it. A protected virtual machine has
  ///     64 MiB unless it is told otherwise.
  ///   - physicalAddressBits: How many bits a guest-physical address has, 33 to 52: the host's
  ///     KVM_CAP_ARM_VM_IPA_SIZE, 40 where it has none. The window of PCI above RAM ends there.
  ///   - cpuCompatible: The processors' `compatible`.
  /// - Returns: The machine, with one processor and 128 MiB until a virtual machine says more.
  ///
  /// **Source:** crosvm `aarch64/src/lib.rs` and `aarch64/src/fdt.rs`; its book, "Memory layout".
  public static func crosvm(
    gic: GICVersion = .v3, swiotlb: ByteCount? = nil, physicalAddressBits: Int = 40,
    cpuCompatible: String = "arm,armv8"
  ) -> Machine {
    var machine = Machine(.crosvm, gic: gic, cpuCompatible: cpuCompatible)
    machine.swiotlb = swiotlb
    if physicalAddressBits != 40 { machine.physicalAddressBits = physicalAddressBits }
    return machine
  }

  /// Firecracker for arm64, as of its layout with PCI (2025).
  ///
  /// RAM from 0x8000_0000, of which the first 2 MiB are the VMM's; a 16550A, a PL031, windows for
  /// virtio-mmio from 0x4000_3000. Firecracker gives windows away by kind: balloon, block, network,
  /// socket, entropy. Write devices in that order.
  ///
  /// - Parameters:
  ///   - gic: The interrupt controller: version 3 where the host has one.
  ///   - pci: Whether virtio devices are functions of a PCI bus, `--enable-pci`, which takes a GICv3:
  ///     there are no windows then.
  ///   - cpuCompatible: The processors' `compatible`.
  /// - Returns: The machine, with one processor and Firecracker's 128 MiB until a virtual machine says
  ///   more.
  ///
  /// **Source:** Firecracker `src/vmm/src/arch/aarch64/layout.rs` and `fdt.rs`.
  public static func firecracker(
    gic: GICVersion = .v3, pci: Bool = false, cpuCompatible: String = "arm,armv8"
  ) -> Machine {
    var machine = Machine(.firecracker, gic: gic, cpuCompatible: cpuCompatible)
    if pci { machine.pci = true }
    return machine
  }

  /// Cloud Hypervisor for arm64, as of 2025.
  ///
  /// RAM from 0x4000_0000, with a hole below 4 GiB; a GICv3 with an ITS, one PL011, a PL031, a power
  /// button on a PL061. Its virtio devices are functions of a PCI bus, ``PCIHostBridge`` without an
  /// address: it has no slots for virtio-mmio.
  ///
  /// - Parameters:
  ///   - physicalAddressBits: How many bits a guest-physical address has, 34 to 52: the smaller of the
  ///     host's KVM_CAP_ARM_VM_IPA_SIZE, 40 where it has none, and `--cpus max_phys_bits=`. The window of
  ///     PCI above RAM ends there.
  ///   - cpuCompatible: The processors' `compatible`.
  /// - Returns: The machine, with one processor and 128 MiB until a virtual machine says more.
  ///
  /// **Source:** Cloud Hypervisor `arch/src/aarch64/layout.rs` and `fdt.rs`.
  public static func cloudHypervisor(
    physicalAddressBits: Int = 40, cpuCompatible: String = "arm,armv8"
  ) -> Machine {
    var machine = Machine(.cloudHypervisor, gic: .v3, cpuCompatible: cpuCompatible)
    if physicalAddressBits != 40 { machine.physicalAddressBits = physicalAddressBits }
    return machine
  }

  /// kvmtool for arm64, since it moved its devices to 0x100_0000 (2021).
  ///
  /// RAM from 0x8000_0000, four 16550As, the PC's clock, windows for virtio-mmio from 0x300_0000:
  /// devices are there where it is told so, and elsewhere functions of its PCI bus, each with the next
  /// interrupt.
  ///
  /// - Parameters:
  ///   - gic: The interrupt controller, `--irqchip`: `gicv2m` and `gicv3-its`, or `gicv3` without an
  ///     ITS.
  ///   - its: Whether a GICv3 has an ITS.
  ///   - cpuCompatible: The processors' `compatible`.
  /// - Returns: The machine, with one processor and 128 MiB until a virtual machine says more.
  ///
  /// **Source:** kvmtool `arm/include/arm-common/kvm-arch.h`, `arm/fdt.c`, `arm/gic.c`.
  public static func kvmtool(
    gic: GICVersion = .v3, its: Bool = true, cpuCompatible: String = "arm,armv8"
  ) -> Machine {
    var machine = Machine(.kvmtool, gic: gic, cpuCompatible: cpuCompatible)
    if !its { machine.its = false }
    return machine
  }
}
