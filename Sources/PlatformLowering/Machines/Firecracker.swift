import PlatformDescription

/// The address map of Firecracker for arm64.
///
/// **Source:** Firecracker, `src/vmm/src/arch/aarch64/layout.rs` (commit 1b40677); `fdt.rs` beside it:
/// `create_cpu_nodes`, `create_memory_node`, `create_gic_node`, `create_virtio_node`,
/// `create_serial_node`, `create_rtc_node`, `create_clock_node`; `gic/gicv2/mod.rs`, `gic/gicv3/mod.rs`; `builder.rs`: the order in which
/// devices are attached. No tree of Firecracker's was at hand to compare with.
enum Firecracker {
  /// `DRAM_MEM_START`.
  static let start: GuestAddress = 0x8000_0000
  /// `SYSTEM_MEM_SIZE`: kept from the guest's RAM, for what VMM and guest share.
  static let systemMemory = ByteCount.mib(2)
  /// `DRAM_MEM_MAX_SIZE`, 1,022 GiB; the tree has one region, which ends before `MMIO64_MEM_START`.
  static let maximumMemory = ByteCount.gib(254)
  /// Where the GIC ends: `MMIO32_MEM_START`.
  static let gicEnd: GuestAddress = 0x4000_0000
  /// `create_clock_node`: the clock of the serial port and the RTC.
  static let clock = FixedClock("apb-pclk", frequency: 24_000_000, outputName: "clk24mhz")
  /// `RTC_MEM_START`; it has no interrupt.
  static let rtc = PL031(at: 0x4000_1000)
  /// `SERIAL_MEM_START`.
  static let serial: GuestAddress = 0x4000_2000
  /// `MEM_32BIT_DEVICES_START` with windows of `MMIO_LEN`.
  ///
  /// Of the 96 GSIs the serial port, the VM generation ID and the clock take one each.
  static let slots = MMIOSlots(
    at: 0x4000_3000, count: 93, firstInterrupt: .spi(0, .edgeRising), stride: .kib(4))
  /// `FIRECRACKER_MAX_QUEUE_SIZE`.
  static let queueSize = 256
  /// `MAX_SUPPORTED_VCPUS`.
  static let maximumCPUs = 32

  static func preset(_ machine: Machine, adding elements: [Element]) -> Preset {
    let (size, tooSmall) = machine.memory.bytes.subtractingReportingOverflow(systemMemory.bytes)
    var preset = Preset(
      [
        Memory(at: start + systemMemory, size: .bytes(tooSmall ? 0 : size)),
        CPUs(machine.cpus, compatible: machine.cpuCompatible, enableMethod: .psci),
        PSCI(.v02, method: .hvc),
        ArchTimer(),
        machine.gic == .v2
          ? GICv2(
            // KVM_VGIC_V2_DIST_SIZE is 4 KiB, KVM_VGIC_V2_CPU_SIZE 8 KiB.
            distributor: gicEnd + -0x1000, distributorSize: .kib(4),
            cpuInterface: gicEnd + -0x3000, maintenanceInterrupt: .ppi(8, .levelHigh))
          : GICv3(
            belowDistributor: gicEnd + -0x1_0000, cpus: machine.cpus,
            maintenanceInterrupt: .ppi(9, .levelHigh), hasITS: true),
        clock, serialPort(behind: elements), rtc,
      ],
      maximumCPUs: maximumCPUs, maximumMemory: maximumMemory)
    preset.names = NodeNames(
      interruptController: "intc", its: "msic", ns16550: "uart",
      virtioMMIO: "virtio_mmio", peripheralClock: "apb-pclk", cpuUnitAddress: .index,
      pcieHost: "pci")
    preset.habits = Habits(cpuAddressCells: 2)
    preset.leastQueueSize = queueSize
    if machine.pci ?? false {
      preset.components.append(PCIHostBridge())
      preset.pci = pci
    } else {
      preset.slots = slots
    }
    preset.minimumMemory = systemMemory + .bytes(1)
    preset.gicVersions = [.v2, .v3]
    preset.options = ["pci"]
    return preset
  }

  /// The PCI host of `--enable-pci`: one bus, with messages alone.
  ///
  /// **Source:** Firecracker `src/vmm/src/arch/aarch64/layout.rs`: `PCI_MMCONFIG_START`,
  /// `PCI_MMIO_CONFIG_SIZE_PER_SEGMENT`, `MEM_32BIT_DEVICES_START`, `MEM_64BIT_DEVICES_START`; `fdt.rs`,
  /// `create_pci_nodes`.
  private static let pci = MachinePCI(
    host: PCIHostBridge(ecam: 0x7000_0000, buses: 0...0) {
      Window(.memory32, at: 0x4000_3000, size: .bytes(0x7000_0000 - 0x4000_3000))
      Window(.memory64, at: 0x40_0000_0000, size: .gib(256))
    })

  /// GSIs are given away in the order in which devices are attached, and the serial port is attached
  /// behind the virtio devices.
  private static func serialPort(behind elements: [Element]) -> NS16550 {
    let devices = elements.count { if case .virtioMMIO = $0 { true } else { false } }
    return NS16550(
      at: serial, interrupt: slots.firstInterrupt + min(devices, slots.count), size: .kib(4),
      clock: clock)
  }

  static let leftOut = [
    LeftOutNode(
      "/vmgenid",
      because: "where the VMM decides, in the first 2 MiB of RAM; a VMGenID describes it"),
    LeftOutNode(
      "/ptp", because: "no noun describes it; where the VMM decides, in the first 2 MiB of RAM"),
  ]
}
