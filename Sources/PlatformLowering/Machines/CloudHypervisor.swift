import PlatformDescription

/// The address map of Cloud Hypervisor for arm64.
///
/// **Source:** Cloud Hypervisor, `arch/src/aarch64/layout.rs`; `fdt.rs` beside it (commit 00cd600e5d):
/// `create_cpu_nodes`, `create_memory_node`, `create_gic_node`, `create_timer_node`,
/// `create_serial_node`, `create_rtc_node`, `create_gpio_node`; `vmm/src/device_manager.rs`: the order in which interrupts are given away.
/// No tree of Cloud Hypervisor's was at hand to compare with.
enum CloudHypervisor {
  /// `RAM_START`.
  static let memory: GuestAddress = 0x4000_0000
  /// `MEM_32BIT_RESERVED_START`: RAM has a hole from here up to ``highMemory``.
  static let hole: GuestAddress = 0xfc00_0000
  /// `RAM_64BIT_START`.
  static let highMemory: GuestAddress = 0x1_0000_0000
  /// `GIC_V3_DIST_START`.
  static let gicDistributor: GuestAddress = 0x08ff_0000
  /// `LEGACY_SERIAL_MAPPED_IO_START`.
  static let uart: GuestAddress = 0x0900_0000
  /// Eight interrupts are kept for PCI, then the RTC, the GPIO and the ACPI notification have one each.
  static let uartInterrupt = Interrupt.spi(11, .edgeRising)

  /// `LEGACY_RTC_MAPPED_IO_START`.
  static let rtc = PL031(at: 0x0901_0000, interrupt: .spi(8, .levelHigh))
  /// `LEGACY_GPIO_MAPPED_IO_START`.
  static let gpio = PL061(at: 0x0902_0000, interrupt: .spi(9, .edgeRising))
  /// The power button, KEY_POWER.
  ///
  /// Cloud Hypervisor calls it `button@1`, and gives it no address: `create_gpio_node`.
  static let keys = GPIOKeys {
    GPIOKey("button", code: 116, label: "GPIO Key Poweroff", gpio: gpio.line(3))
  }

  static func preset(_ machine: Machine) -> Preset {
    let below = ByteCount.bytes(hole.value - memory.value)
    var components: [any Component] = [
      Memory(at: memory, size: min(machine.memory, below))
    ]
    if machine.memory > below {
      components.append(
        Memory(at: highMemory, size: .bytes(machine.memory.bytes - below.bytes)))
    }
    components += [
      CPUs(
        machine.cpus, compatible: machine.cpuCompatible,
        enableMethod: machine.cpus > 1 ? .psci : nil),
      PSCI(.v02, method: .hvc),
      ArchTimer(),
      PL011(at: uart, interrupt: uartInterrupt),
      GICv3(
        belowDistributor: gicDistributor, cpus: machine.cpus,
        maintenanceInterrupt: .ppi(9, .levelHigh), hasITS: true),
      rtc, gpio, keys, PCIHostBridge(),
    ]
    var preset = Preset(
      components, maximumCPUs: Preset.kvmMaximumCPUs,
      maximumMemory: Preset.memory(
        from: highMemory + lastReserved, addressBits: machine.physicalAddressBits) + below)
    preset.names = NodeNames(
      interruptController: "intc", its: "msic", serial: "pl011", gpio: "pl061",
      peripheralClock: "apb-pclk", cpuUnitAddress: .index, pcieHost: "pci")
    preset.pci = pci(
      machine, above: machine.memory > below ? machine.memory.bytes - below.bytes : 0)
    preset.gicVersions = [.v3]
    preset.options = ["physicalAddressBits"]
    return preset
  }

  static let leftOut = [
    LeftOutNode(
      "/pmu", interrupt: .ppi(7, .levelHigh), because: "there on hosts with a PMU only"),
    LeftOutNode(
      "/fw-cfg",
      because: "there where --fw-cfg-config asks for it, at an address that is found at start"),
  ]
}
