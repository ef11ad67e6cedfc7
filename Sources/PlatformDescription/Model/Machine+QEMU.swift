extension Machine {
  /// QEMU's `virt`, as of QEMU 7.2.
  ///
  /// RAM from 0x4000_0000, one PL011, a PL031, a power button on a PL061, flash, QEMU's firmware
  /// configuration, a PCI host, 32 slots for virtio-mmio. `qemu-system-aarch64 -M virt` takes GICv2
  /// unless it is told `gic-version=3`; `gic-version=4` needs `virtualization=on` besides, which is
  /// then described too. `iommu=smmuv3` is an ``SMMUv3/init(file:line:column:)`` in front of a
  /// ``PCIHostBridge`` without an address. `secure=on` is not described: see <doc:Machines>.
  ///
  /// - Parameters:
  ///   - gic: The interrupt controller, `-M virt,gic-version=`.
  ///   - cpuCompatible: The processors' `compatible`; QEMU writes that of `-cpu`: `arm,cortex-a53`,
  ///     `arm,neoverse-n1`, and `arm,cortex-a57` for `max`.
  ///   - its: Whether a GICv3 has an ITS, `-M virt,its=`.
  ///   - highmem: Whether RAM and devices may lie above 4 GiB, `-M virt,highmem=`; without it, RAM
  ///     ends at 3 GiB, and there are 123 processors at most.
  ///   - virtualization: Whether the guest may run guests of its own, `-M virt,virtualization=`.
  ///   - firmware: Whether firmware is loaded, with `-bios` or a first `pflash`, and `acpi=off` isn't
  ///     said: the power button is then in ACPI's tables, and no PL061 in the tree.
  /// - Returns: The machine, with one processor and QEMU's 128 MiB until a virtual machine says more.
  ///
  /// **Source:** QEMU `hw/arm/virt.c`, `base_memmap`, `extended_memmap` and `a15irqmap`.
  public static func qemuVirt(
    gic: GICVersion, cpuCompatible: String = "arm,cortex-a57", its: Bool = true,
    highmem: Bool = true, virtualization: Bool = false, firmware: Bool = false
  ) -> Machine {
    var machine = Machine(.qemuVirt, gic: gic, cpuCompatible: cpuCompatible)
    if !its { machine.its = false }
    if !highmem { machine.highmem = false }
    if virtualization { machine.virtualization = true }
    if firmware { machine.firmware = true }
    return machine
  }

  /// QEMU's `virt` for riscv64, as of QEMU 7.2.
  ///
  /// RAM from 0x8000_0000, one 16550A, a Goldfish clock, SiFive's test device, flash, QEMU's firmware
  /// configuration, a PCI host, 8 slots for virtio-mmio.
  ///
  /// - Parameters:
  ///   - interruptController: The interrupt controller, `-M virt,aia=`: a PLIC for `none`.
  ///   - isa: What the harts execute; nil for what `-cpu rv64` is.
  ///   - isaExtensions: Whether it is written as a list too, which QEMU does since 8.2.
  /// - Returns: The machine, with one hart and QEMU's 128 MiB until a virtual machine says more.
  ///
  /// **Source:** QEMU `hw/riscv/virt.c`, `virt_memmap` and `create_fdt`.
  public static func qemuVirtRISCV64(
    interruptController: RISCVInterruptController = .plic, isa: String? = nil,
    isaExtensions: Bool = true
  ) -> Machine {
    var machine = Machine(
      .qemuVirtRISCV64, interruptController: interruptController, cpuCompatible: "riscv")
    machine.isa = isa
    if !isaExtensions { machine.isaExtensions = false }
    return machine
  }
}
