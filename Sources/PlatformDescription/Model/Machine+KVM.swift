extension Machine {
  /// crosvm for arm64, as of 2026.
  ///
  /// RAM from 0x8000_0000, one 16550A at 0x3f8. Its virtio devices are functions of a PCI bus: it has
  /// no slots for virtio-mmio.
  ///
  /// - Parameters:
  ///   - gic: The interrupt controller: version 3 where the host has one.
  ///   - swiotlb: The size of the pool that the PCI bus bounces through, `--swiotlb` in MiB: it is
  ///     called `restricted_dma_reserved`, and the guest places it. A protected virtual machine has
  ///     64 MiB unless it is told otherwise.
  ///   - cpuCompatible: The processors' `compatible`.
  /// - Returns: The machine, with one processor and 128 MiB until a virtual machine says more.
  ///
  /// **Source:** crosvm `aarch64/src/lib.rs` and `aarch64/src/fdt.rs`; its book, "Memory layout".
  public static func crosvm(
    gic: GICVersion = .v3, swiotlb: ByteCount? = nil, cpuCompatible: String = "arm,armv8"
  ) -> Machine {
    var machine = Machine(.crosvm, gic: gic, cpuCompatible: cpuCompatible)
    machine.swiotlb = swiotlb
    return machine
  }

  /// Firecracker for arm64, as of its layout with PCI (2025).
  ///
  /// RAM from 0x8000_0000, of which the first 2 MiB are the VMM's; windows for virtio-mmio from
  /// 0x4000_3000. Firecracker gives windows away by kind: balloon, block, network, socket, entropy.
  /// Write devices in that order.
  ///
  /// - Parameters:
  ///   - gic: The interrupt controller: version 3 where the host has one.
  ///   - cpuCompatible: The processors' `compatible`.
  /// - Returns: The machine, with one processor and Firecracker's 128 MiB until a virtual machine says
  ///   more.
  ///
  /// **Source:** Firecracker `src/vmm/src/arch/aarch64/layout.rs` and `fdt.rs`.
  public static func firecracker(
    gic: GICVersion = .v3, cpuCompatible: String = "arm,armv8"
  ) -> Machine {
    Machine(.firecracker, gic: gic, cpuCompatible: cpuCompatible)
  }

  /// Cloud Hypervisor for arm64, as of 2025.
  ///
  /// RAM from 0x4000_0000, with a hole below 4 GiB; a GICv3 with an ITS, one PL011. Its virtio devices
  /// are functions of a PCI bus: it has no slots for virtio-mmio.
  ///
  /// - Parameter cpuCompatible: The processors' `compatible`.
  /// - Returns: The machine, with one processor and 128 MiB until a virtual machine says more.
  ///
  /// **Source:** Cloud Hypervisor `arch/src/aarch64/layout.rs` and `fdt.rs`.
  public static func cloudHypervisor(cpuCompatible: String = "arm,armv8") -> Machine {
    Machine(.cloudHypervisor, gic: .v3, cpuCompatible: cpuCompatible)
  }

  /// kvmtool for arm64, since it moved its devices to 0x100_0000 (2021).
  ///
  /// RAM from 0x8000_0000, four 16550As, windows for virtio-mmio from 0x300_0000: devices are there
  /// where it is told so, and functions of a PCI bus elsewhere.
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
