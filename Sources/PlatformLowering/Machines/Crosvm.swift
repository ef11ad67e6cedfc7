import PlatformDescription

/// The address map of crosvm for arm64.
///
/// **Source:** crosvm, `docs/book/src/appendix/memory_layout.md` (commit 01caf160c3), which names the
/// constants of `aarch64/src/lib.rs`; `aarch64/src/fdt.rs`: `create_gic_node`, `create_timer_node`,
/// `create_psci_node`, `create_serial_node`, `create_resv_memory_node`. No tree of crosvm's was at
/// hand to compare with.
enum Crosvm {
  /// `AARCH64_PHYS_MEM_START`.
  static let memory: GuestAddress = 0x8000_0000
  /// `AARCH64_GIC_DIST_BASE`; what else the controller has lies below.
  static let gicDistributor: GuestAddress = 0x3fff_0000
  /// `AARCH64_GIC_CPUI_BASE` and `AARCH64_GIC_CPUI_SIZE`.
  static let gicCPUInterface: GuestAddress = 0x3ffd_0000
  static let gicCPUInterfaceSize = ByteCount.kib(128)
  /// `SERIAL_ADDR[0]`, `AARCH64_SERIAL_SIZE`, `AARCH64_SERIAL_1_3_IRQ` and `AARCH64_SERIAL_SPEED`.
  static let serial = Preset.serialPort(
    "U6_16550A", at: 0x3f8, size: .bytes(8), interrupt: .spi(0, .edgeRising),
    clockFrequency: 1_843_200)
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
      serial,
      machine.gic == .v2
        ? GICv2(
          distributor: gicDistributor, cpuInterface: gicCPUInterface,
          cpuInterfaceSize: gicCPUInterfaceSize)
        : GICv3(belowDistributor: gicDistributor, cpus: machine.cpus),
    ]
    if let pool = pool(machine) { components.append(pool) }
    var preset = Preset(
      components, maximumCPUs: Preset.kvmMaximumCPUs, maximumMemory: Preset.memory(from: memory))
    preset.names = NodeNames(interruptController: "intc", serial: "U6_16550A")
    preset.console = serial
    preset.gicVersions = [.v2, .v3]
    preset.options = ["swiotlb"]
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
      "/pci", at: 0x0001_0000, interrupt: .spi(4, .levelHigh),
      because: "\(LeftOutNode.noNoun); interrupts from this one on, in the order of the devices"),
    LeftOutNode(
      "/rtc@2000", at: 0x2000, interrupt: .spi(1, .levelHigh), because: LeftOutNode.noNoun),
    LeftOutNode("/pclk@3M", because: "the clock of the RTC"),
    LeftOutNode("/vmwdt@3000", at: 0x3000, because: LeftOutNode.noNoun),
    LeftOutNode(
      "/pmu", interrupt: .ppi(7, .levelHigh), because: "there on hosts with a PMU only"),
    LeftOutNode("/config", because: LeftOutNode.notForGuests),
    LeftOutNode("/cpufreq", because: "Android's, no binding of the kernel knows it"),
    LeftOutNode("/__symbols__", because: "for overlays, which are applied before the guest starts"),
    LeftOutNode(
      "/U6_16550A@2f8", at: 0x2f8, interrupt: .spi(2, .edgeRising),
      because: "there where --serial asks for it"),
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
