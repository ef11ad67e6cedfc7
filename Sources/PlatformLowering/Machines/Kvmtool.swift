import PlatformDescription

/// The address map of kvmtool for arm64, since its devices moved to 16 MiB and above.
///
/// **Source:** kvmtool, `arm/include/arm-common/kvm-arch.h`: `ARM_MMIO_AREA` and what follows;
/// `arm/fdt.c`; `arm/gic.c` and `arm/timer.c` (commit d9fdaad02d); `hw/serial.c`; `hw/rtc.c`;
/// `virtio/mmio.c`. No tree of kvmtool's was at hand to compare with.
enum Kvmtool {
  /// `ARM_MEMORY_AREA`.
  static let memory: GuestAddress = 0x8000_0000
  /// `ARM_GIC_DIST_BASE`; what else the controller has lies below.
  static let gicDistributor: GuestAddress = 0x3fff_0000
  /// `ARM_GIC_CPUI_BASE` and `ARM_GIC_CPUI_SIZE`.
  static let gicCPUInterface: GuestAddress = 0x3ffd_0000
  static let gicCPUInterfaceSize = ByteCount.kib(128)
  /// `KVM_VGIC_V2M_SIZE` below the CPU interface.
  static let gicV2M: GuestAddress = 0x3ffc_f000
  /// `ARM_UART_MMIO_BASE`; four ports, 4 KiB apart, with one interrupt each.
  static let serials = (0..<4).map { index in
    NS16550(
      at: 0x0100_0000 + index * 0x1000, interrupt: .spi(index, .levelHigh), size: .bytes(8),
      clockFrequency: 1_843_200)
  }
  /// `ARM_RTC_MMIO_BASE`.
  static let rtc = MC146818(at: 0x0101_0000)
  /// `KVM_VIRTIO_MMIO_AREA` with windows of `VIRTIO_MMIO_IO_SIZE`.
  ///
  /// The serial ports have the first four interrupts; an INTID has to fit into 8 bits.
  static let slots = MMIOSlots(
    at: 0x0300_0000, count: 256 - 32 - 4, firstInterrupt: .spi(4, .edgeRising))
  /// Where the device tree lies with more than 256 MiB of RAM, below which it is loaded; later versions
  /// load it below 512 MiB.
  ///
  /// **Source:** kvmtool, `arm/kvm.c`, `kvm__arch_load_kernel_image`.
  static let payloads = [256, 512].map { (size: UInt64) in
    let end = memory + .mib(size)
    return Occupancy.Claim(
      range: (end.value - FreeMemory.keptAtEnd)...(end.value - 1),
      owner: "the device tree of kvmtool")
  }
  /// The secure, non-secure, virtual and hypervisor timers, as kvmtool and crosvm declare them.
  static let timerInterrupts: [Interrupt] = [13, 14, 11, 10].map { .ppi($0, .levelLow) }

  static func preset(_ machine: Machine, adding elements: [Element]) -> Preset {
    var components: [any Component] = [
      Memory(at: memory, size: machine.memory),
      CPUs(
        machine.cpus, compatible: machine.cpuCompatible,
        enableMethod: machine.cpus > 1 ? .psci : nil),
      PSCI(.v02, method: .hvc),
      ArchTimer(interrupts: timerInterrupts),
      machine.gic == .v2
        ? GICv2(
          distributor: gicDistributor, cpuInterface: gicCPUInterface,
          cpuInterfaceSize: gicCPUInterfaceSize
        ) { GICv2M(at: gicV2M) }
        : GICv3(
          belowDistributor: gicDistributor, cpus: machine.cpus, hasITS: machine.its ?? true),
    ]
    components += serials as [any Component]
    components += [rtc, PCIHostBridge()] as [any Component]
    var preset = Preset(
      components, maximumCPUs: Preset.kvmMaximumCPUs, maximumMemory: Preset.memory(from: memory))
    preset.names = NodeNames(
      interruptController: "intc", its: "msic", ns16550: "U6_16550A", virtioMMIO: "virtio",
      pcieHost: "pci")
    preset.habits = Habits(psciFunctions: true, armv7Timer: true, pciProbeOnly: true)
    preset.slots = slots
    preset.keptFree = payloads
    preset.pci = pci(machine, adding: elements)
    preset.gicVersions = [.v2, .v3]
    preset.options = ["its"]
    return preset
  }

  /// The PCI host: ECAM, one bus.
  ///
  /// Interrupts are given away one by one: to the serial ports, then to devices as they are made, on
  /// virtio-mmio or on PCI. Here those on virtio-mmio come first.
  ///
  /// **Source:** kvmtool `arm/include/arm-common/kvm-arch.h`: `KVM_PCI_CFG_AREA`, `ARM_PCI_CFG_SIZE`,
  /// `KVM_PCI_MMIO_AREA`, `ARM_PCI_MMIO_SIZE`, `KVM_IOPORT_AREA`; `arm/pci.c`,
  /// `pci__generate_fdt_nodes`; `pci.c`, `pci__assign_irq`.
  private static func pci(_ machine: Machine, adding elements: [Element]) -> MachinePCI {
    let takesMessages = machine.gic == .v2 || machine.its ?? true
    let devices = elements.count { if case .virtioMMIO = $0 { true } else { false } }
    var pci = MachinePCI(
      host: PCIHostBridge(
        ecam: 0x4000_0000, size: .mib(256), buses: 0...0, msi: takesMessages ? .parent : .off
      ) {
        Window(.io, at: 0, size: .kib(64))
        Window(.memory32, at: 0x5000_0000, size: .mib(768))
      },
      firstDeviceInterrupt: Interrupt.spi(4, .levelHigh) + min(devices, slots.count))
    // Its devices are numbered from 0, `devices.c`, `device__register`.
    pci.bridge = nil
    return pci
  }

  static let leftOut = [
    LeftOutNode(
      "/flash@2000000", at: 0x0200_0000,
      because: "there where --flash asks for it, as large as its file; a Flash describes it"),
    LeftOutNode(
      "/pmu", interrupt: .ppi(7, .levelHigh), because: "there where --pmu asks for it"),
  ]
}
