import PlatformDescription

/// The address map of crosvm for arm64.
///
/// **Source:** crosvm, `docs/book/src/appendix/memory_layout.md` (commit 01caf160c3), which names the
/// constants of `aarch64/src/lib.rs`; `aarch64/src/fdt.rs`: `create_gic_node`, `create_timer_node`,
/// `create_psci_node`, `create_serial_node`, `create_resv_memory_node`, `create_rtc_node`,
/// `create_vmwdt_node`, `create_chosen_node`. No tree of crosvm's was at hand to compare with.
enum Crosvm {
  /// `AARCH64_PHYS_MEM_START`.
  static let memory: GuestAddress = 0x8000_0000
  /// `AARCH64_GIC_DIST_BASE`; what else the controller has lies below.
  static let gicDistributor: GuestAddress = 0x3fff_0000
  /// `AARCH64_GIC_CPUI_BASE` and `AARCH64_GIC_CPUI_SIZE`.
  static let gicCPUInterface: GuestAddress = 0x3ffd_0000
  static let gicCPUInterfaceSize = ByteCount.kib(128)
  /// `SERIAL_ADDR[0]`, `AARCH64_SERIAL_SIZE`, `AARCH64_SERIAL_1_3_IRQ` and `AARCH64_SERIAL_SPEED`.
  static let serial = NS16550(
    at: 0x3f8, interrupt: .spi(0, .edgeRising), size: .bytes(8), clockFrequency: 1_843_200)
  /// `create_rtc_node`: the clock that the PL030's driver asks for.
  static let clock = FixedClock("pclk", frequency: 3_141_592)
  /// `AARCH64_RTC_ADDR` and `AARCH64_RTC_IRQ`.
  static let rtc = PL030(at: 0x2000, interrupt: .spi(1, .levelHigh), clock: clock)
  /// `AARCH64_VMWDT_ADDR`, `AARCH64_VMWDT_SIZE` and `AARCH64_VMWDT_IRQ`; `VMWDT_DEFAULT_CLOCK_HZ` and
  /// `VMWDT_DEFAULT_TIMEOUT_SEC` of `devices/src/vmwdt.rs`.
  static let watchdog = VCPUStallDetector(
    at: 0x3000, size: .kib(4), clockFrequency: 2, timeoutSec: 10,
    interrupt: .ppi(15, .edgeRising))
  /// The alignment of the pool: 64 KiB, so that guests with any size of pages can use it (commit
  /// 1607879cf).
  static let poolAlignment = ByteCount.kib(64)

  static func preset(_ machine: Machine) -> Preset {
    var components: [any Component] = [
      Memory(at: memory, size: machine.memory),
      CPUs(
        machine.cpus, compatible: machine.cpuCompatible,
        enableMethod: machine.cpus > 1 ? .psci : nil),
      PSCI(.v1, method: .hvc),
      ArchTimer(interrupts: Kvmtool.timerInterrupts),
      serial, clock, rtc, watchdog,
      machine.gic == .v2
        ? GICv2(
          distributor: gicDistributor, cpuInterface: gicCPUInterface,
          cpuInterfaceSize: gicCPUInterfaceSize)
        : GICv3(belowDistributor: gicDistributor, cpus: machine.cpus),
    ]
    if let pool = pool(machine) { components.append(pool) }
    components.append(PCIHostBridge())
    var preset = Preset(
      components, maximumCPUs: Preset.kvmMaximumCPUs,
      maximumMemory: Preset.memory(
        from: memory + platformDevices, addressBits: machine.physicalAddressBits))
    preset.names = NodeNames(interruptController: "intc", ns16550: "U6_16550A")
    // pvmfw compares the watchdog's with what crosvm writes.
    preset.habits = Habits(pciProbeOnly: true, processorsInPPIs: true)
    preset.pci = pci(machine)
    preset.gicVersions = [.v2, .v3]
    preset.options = ["swiotlb", "physicalAddressBits"]
    return preset
  }

  /// The pool of `--swiotlb`: the PCI host names it in `memory-region`, for all devices behind it.
  static func pool(_ machine: Machine) -> RestrictedDMAPool? {
    machine.swiotlb.map {
      RestrictedDMAPool("restricted_dma_reserved", size: $0, alignment: poolAlignment)
        .allowing("dma/dynamic-pool-unaligned", because: "crosvm aligns its pool to 64 KiB")
    }
  }

  static let leftOut = [
    LeftOutNode(
      "/pmu", interrupt: .ppi(7, .levelHigh), because: "there on hosts with a PMU only"),
    LeftOutNode("/config", because: LeftOutNode.notForGuests),
    LeftOutNode("/cpufreq", because: "Android's, no binding of the kernel knows it"),
    LeftOutNode("/__symbols__", because: "for overlays, which are applied before the guest starts"),
    LeftOutNode(
      "/U6_16550A@2f8", at: 0x2f8, interrupt: .spi(2, .edgeRising),
      because: "there where --serial asks for it"),
    LeftOutNode(
      "/goldfish_battery", interrupt: .spi(3, .levelHigh),
      because: "there where --battery asks for it, at an address that crosvm finds when it starts"),
  ]
}

extension GICv3 {
  /// A controller whose redistributors end where its distributor begins, as VMMs on KVM place them.
  ///
  /// - Parameters:
  ///   - distributor: The address of the distributor.
  ///   - cpus: The number of processors.
  ///   - maintenanceInterrupt: The interrupt of virtual interfaces.
  ///   - hasITS: Whether an ITS ends where the redistributors begin.
  init(
    belowDistributor distributor: GuestAddress, cpus: Int,
    maintenanceInterrupt: Interrupt? = nil, hasITS: Bool = false
  ) {
    // Two frames of 64 KiB for each processor, two for the ITS: Arm IHI 0069, section 12.10.
    let frames = 128 << 10
    let redistributors = distributor + -(frames * min(max(cpus, 1), Preset.kvmMaximumCPUs))
    self.init(
      distributor: distributor, redistributors: redistributors,
      maintenanceInterrupt: maintenanceInterrupt
    ) { if hasITS { ITS(at: redistributors + -frames) } }
  }
}
