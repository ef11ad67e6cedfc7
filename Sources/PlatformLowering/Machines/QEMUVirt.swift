import PlatformDescription

/// The address map of QEMU's `virt` machine for arm64.
///
/// **Source:** QEMU 7.2, `hw/arm/virt.c`: `base_memmap`, `extended_memmap`, `a15irqmap` and
/// `virt_set_memmap`; compared with what QEMU 7.2 dumps.
enum QEMUVirt {
  static let gicDistributor: GuestAddress = 0x0800_0000
  static let gicCPUInterface: GuestAddress = 0x0801_0000
  static let gicCPUInterfaceSize = ByteCount.kib(64)
  /// `VIRT_GIC_HYP` and `VIRT_GIC_VCPU`.
  static let gicVirtualInterface = GICv2.VirtualInterface(
    control: AddressRange(at: 0x0803_0000, size: .kib(64)),
    cpuInterface: AddressRange(at: 0x0804_0000, size: .kib(64)))
  static let gicV2M: GuestAddress = 0x0802_0000
  static let gicITS: GuestAddress = 0x0808_0000
  static let gicRedistributors: GuestAddress = 0x080a_0000
  static let gicRedistributorsSize = ByteCount.bytes(0xf6_0000)
  static let uart: GuestAddress = 0x0900_0000
  static let uartInterrupt = Interrupt.spi(1, .levelHigh)
  static let memory: GuestAddress = 0x4000_0000
  /// `NUM_VIRTIO_TRANSPORTS` is 32; they are edge-triggered.
  static let slots = MMIOSlots(
    at: 0x0a00_0000, count: 32, firstInterrupt: .spi(16, .edgeRising))
  /// `VIRTQUEUE_MAX_SIZE`: what every queue behind virtio-mmio may have, and Linux takes.
  ///
  /// **Source:** QEMU 7.2, `hw/virtio/virtio-mmio.c`, `virtio_mmio_read`, VIRTIO_MMIO_QUEUE_NUM_MAX;
  /// measured in booted guests.
  static let mmioQueueSize = 1024
  static let rtc = PL031(at: 0x0901_0000, interrupt: .spi(2, .levelHigh))
  static let fwCfg = FwCfg(at: 0x0902_0000)
  static let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
  /// The power button, KEY_POWER: `create_gpio_keys`.
  static let keys = GPIOKeys {
    GPIOKey("poweroff", code: 116, label: "GPIO Key Poweroff", gpio: gpio.line(3))
  }
  /// `VIRT_FLASH`, two banks of equal size; the first is the firmware's.
  static let flash = Flash(banks: [
    AddressRange(at: 0, size: .mib(64)), AddressRange(at: 0x0400_0000, size: .mib(64)),
  ])
  /// `mc->max_cpus`.
  static let maximumCPUs = 512

  static func preset(_ machine: Machine) -> Preset {
    let high = HighRegions(machine)
    var components: [any Component] = [
      Memory(at: memory, size: machine.memory),
      // QEMU writes enable-method only where there is a processor to be started.
      CPUs(
        machine.cpus, compatible: machine.cpuCompatible,
        enableMethod: machine.cpus > 1 ? .psci : nil),
      // With virtualization=on, the guest is its own hypervisor.
      PSCI(.v1, method: isHypervisor(machine) ? .smc : .hvc),
      ArchTimer(),
      PL011(at: uart, interrupt: uartInterrupt),
      interruptController(machine, high),
      rtc, fwCfg,
    ]
    // With firmware that has ACPI's tables, the button is a Generic Event Device's: machvirt_init.
    if machine.firmware != true { components += [gpio, keys] as [any Component] }
    components += [flash, PCIHostBridge()] as [any Component]
    var preset = Preset(
      components, maximumCPUs: maximumCPUs(machine, high),
      maximumMemory: .bytes((1 << UInt64(high.addressBits)) - memory.value))
    preset.model = "linux,dummy-virt"
    preset.names = NodeNames(
      interruptController: "intc", its: "its", serial: "pl011", rtc: "pl031", gpio: "pl061",
      tpm: "tpm_tis", virtioMMIO: "virtio_mmio", peripheralClock: "apb-pclk",
      cpuUnitAddress: .decimalIndex, pciHostIsNamedAfterItsMemory: true,
      virtioIOMMU: "virtio_iommu", smmuv3: "smmuv3",
      smmuInterrupts: [.eventq, .priq, .cmdqSync, .gerror])
    preset.habits = Habits(cpuMap: .socket, psciFunctions: true, armv7Timer: true)
    preset.slots = slots
    preset.leastQueueSize = mmioQueueSize
    preset.pci = pci(high)
    preset.gicVersions = Machine.GICVersion.allCases
    preset.options = ["its", "highmem", "virtualization", "firmware"]
    return preset
  }

  /// Whether the guest may run guests of its own; QEMU has a GICv4 for nothing else.
  private static func isHypervisor(_ machine: Machine) -> Bool {
    machine.virtualization ?? false || machine.gic == .v4
  }

  private static func interruptController(
    _ machine: Machine, _ high: HighRegions
  ) -> any Component {
    let maintenance = isHypervisor(machine) ? Interrupt.ppi(9, .levelHigh) : nil
    switch machine.gic ?? .v2 {
    case .v2:
      return GICv2(
        distributor: gicDistributor, cpuInterface: gicCPUInterface,
        cpuInterfaceSize: gicCPUInterfaceSize,
        virtualInterface: isHypervisor(machine) ? gicVirtualInterface : nil,
        maintenanceInterrupt: maintenance
      ) { GICv2M(at: gicV2M) }
    case .v3, .v4:
      let further = machine.cpus > firstRegionCPUs(machine) ? high.redistributors : nil
      return GICv3(
        distributor: gicDistributor, redistributors: gicRedistributors,
        redistributorsSize: gicRedistributorsSize, furtherRedistributors: further.map { [$0] },
        maintenanceInterrupt: maintenance
      ) { if machine.its ?? true { ITS(at: gicITS) } }
    }
  }

  /// Two frames of 64 KiB for each processor, four where there are virtual LPIs.
  ///
  /// **Source:** Arm IHI 0069, section 12.10; QEMU `hw/arm/virt.c`, `virt_redist_capacity`.
  private static func redistributor(_ machine: Machine) -> ByteCount {
    machine.gic == .v4 ? .kib(256) : .kib(128)
  }

  private static func firstRegionCPUs(_ machine: Machine) -> Int {
    Int(gicRedistributorsSize.bytes / redistributor(machine).bytes)
  }

  private static func maximumCPUs(_ machine: Machine, _ high: HighRegions) -> Int {
    let first = firstRegionCPUs(machine)
    guard let further = high.redistributors else { return first }
    return min(first + Int(further.size.bytes / redistributor(machine).bytes), maximumCPUs)
  }

  static let leftOut = [
    LeftOutNode(
      "/platform-bus@c000000", at: 0x0c00_0000,
      because: "empty without -device; a description that puts a TPM on it writes it as a Bus"),
    LeftOutNode(
      "/pmu", interrupt: .ppi(7, .levelHigh), because: "there on some models of -cpu only"),
  ]
}
