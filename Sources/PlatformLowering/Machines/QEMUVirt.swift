import PlatformDescription

/// The address map of QEMU's `virt` machine for arm64.
///
/// **Source:** QEMU 7.2, `hw/arm/virt.c`: `base_memmap`, `extended_memmap`, `a15irqmap` and
/// `virt_set_memmap`; compared with what QEMU 7.2 dumps.
enum QEMUVirt {
  static let gicDistributor: GuestAddress = 0x0800_0000
  static let gicCPUInterface: GuestAddress = 0x0801_0000
  static let gicCPUInterfaceSize = ByteCount.kib(64)
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
  /// `VIRT_HIGH_GIC_REDIST2`.
  static let furtherRedistributorsSize = ByteCount.mib(64)
  /// Where devices lie that come behind RAM: 255 GiB of RAM fit below.
  static let highDevices: GuestAddress = 0x40_0000_0000
  /// `mc->max_cpus`.
  static let maximumCPUs = 512

  static func preset(_ machine: Machine) -> Preset {
    let highmem = machine.highmem ?? true
    var preset = Preset(
      [
        Memory(at: memory, size: machine.memory),
        // QEMU writes enable-method only where there is a processor to be started.
        CPUs(
          machine.cpus, compatible: machine.cpuCompatible,
          enableMethod: machine.cpus > 1 ? .psci : nil),
        // A GICv4 comes with virtualization=on, and with that the guest is its own hypervisor.
        PSCI(.v1, method: machine.gic == .v4 ? .smc : .hvc),
        ArchTimer(),
        PL011(at: uart, interrupt: uartInterrupt),
        interruptController(machine),
      ],
      maximumCPUs: maximumCPUs(machine),
      // Without highmem, 32 bits of address have to do.
      maximumMemory: highmem ? Preset.memory(from: memory) : .gib(3))
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
    preset.gicVersions = Machine.GICVersion.allCases
    preset.options = ["its", "highmem"]
    return preset
  }

  private static func interruptController(_ machine: Machine) -> any Component {
    switch machine.gic ?? .v2 {
    case .v2:
      return GICv2(
        distributor: gicDistributor, cpuInterface: gicCPUInterface,
        cpuInterfaceSize: gicCPUInterfaceSize
      ) { GICv2M(at: gicV2M) }
    case .v3, .v4:
      let further =
        machine.cpus > firstRegionCPUs(machine)
        ? [AddressRange(at: furtherRedistributors(machine), size: furtherRedistributorsSize)] : nil
      return GICv3(
        distributor: gicDistributor, redistributors: gicRedistributors,
        redistributorsSize: gicRedistributorsSize, furtherRedistributors: further,
        maintenanceInterrupt: machine.gic == .v4 ? .ppi(9, .levelHigh) : nil
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

  private static func maximumCPUs(_ machine: Machine) -> Int {
    let first = firstRegionCPUs(machine)
    guard machine.highmem ?? true else { return first }
    let further = Int(furtherRedistributorsSize.bytes / redistributor(machine).bytes)
    return min(first + further, maximumCPUs)
  }

  /// `VIRT_HIGH_GIC_REDIST2` lies at 256 GiB, or behind RAM where that reaches so far.
  private static func furtherRedistributors(_ machine: Machine) -> GuestAddress {
    max(highDevices, roundUp(memory + machine.memory, to: .gib(1)))
  }

  /// `VIRT_HIGH_PCIE_ECAM` lies behind it, at a multiple of its size; `VIRT_PCIE_ECAM` below 4 GiB.
  static func pciConfiguration(_ machine: Machine) -> GuestAddress {
    guard machine.highmem ?? true else { return 0x3f00_0000 }
    return roundUp(furtherRedistributors(machine) + furtherRedistributorsSize, to: .mib(256))
  }

  private static func roundUp(_ address: GuestAddress, to size: ByteCount) -> GuestAddress {
    let (sum, overflow) = address.value.addingReportingOverflow(size.bytes - 1)
    return GuestAddress(overflow ? .max : sum / size.bytes * size.bytes)
  }

  static func leftOut(_ machine: Machine) -> [LeftOutNode] {
    [
      LeftOutNode(
        "/platform-bus@c000000", at: 0x0c00_0000, because: "a bus for -device without devices"),
      LeftOutNode("/fw-cfg@9020000", at: 0x0902_0000, because: LeftOutNode.noNoun),
      LeftOutNode(
        "/pl061@9030000", at: 0x0903_0000, interrupt: .spi(7, .levelHigh),
        because: LeftOutNode.noNoun),
      LeftOutNode("/gpio-keys", because: "a button on the PL061"),
      LeftOutNode(
        "/pcie@10000000", at: pciConfiguration(machine), interrupt: .spi(3, .levelHigh),
        because: LeftOutNode.noNoun),
      LeftOutNode(
        "/pl031@9010000", at: 0x0901_0000, interrupt: .spi(2, .levelHigh),
        because: LeftOutNode.noNoun),
      LeftOutNode(
        "/pmu", interrupt: .ppi(7, .levelHigh), because: "there on some models of -cpu only"),
      LeftOutNode("/flash@0", at: 0, because: LeftOutNode.noNoun),
    ]
  }
}
