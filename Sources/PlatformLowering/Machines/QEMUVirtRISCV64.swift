import PlatformDescription

/// The address map of QEMU's `virt` machine for riscv64.
///
/// **Source:** QEMU 7.2, `hw/riscv/virt.c`: `virt_memmap` and `create_fdt`, and
/// `include/hw/riscv/virt.h`; compared with what QEMU 7.2 dumps.
enum QEMUVirtRISCV64 {
  static let memory: GuestAddress = 0x8000_0000
  static let clint: GuestAddress = 0x0200_0000
  static let plic: GuestAddress = 0x0c00_0000
  /// `VIRT_PLIC_SIZE` for two contexts of each of 512 harts.
  static let plicSize = ByteCount.mib(6)
  static let machineAPLIC: GuestAddress = 0x0c00_0000
  static let supervisorAPLIC: GuestAddress = 0x0d00_0000
  static let machineIMSIC: GuestAddress = 0x2400_0000
  static let supervisorIMSIC: GuestAddress = 0x2800_0000
  /// `VIRT_IRQCHIP_NUM_MSIS`.
  static let identities = 255
  /// `VIRT_IRQCHIP_NUM_SOURCES`: 96 in QEMU 7.2, 95 later.
  static let sources = 96
  static let uart: GuestAddress = 0x1000_0000
  static let uartInterrupt = Interrupt.source(10, .levelHigh)
  static let rtc = GoldfishRTC(at: 0x0010_1000, interrupt: .source(11, .levelHigh))
  static let test = SiFiveTest(at: 0x0010_0000)
  static let fwCfg = FwCfg(at: 0x1010_0000)
  /// `VIRT_FLASH`, two banks of equal size; the first is the firmware's.
  static let flash = Flash(banks: [
    AddressRange(at: 0x2000_0000, size: .mib(32)), AddressRange(at: 0x2200_0000, size: .mib(32)),
  ])
  /// `VIRTIO_COUNT` is 8.
  static let slots = MMIOSlots(
    at: 0x1000_1000, count: 8, firstInterrupt: .source(1, .levelHigh), stride: .kib(4))
  /// Where QEMU puts the device tree with more than 1 GiB of RAM: below 3 GiB.
  ///
  /// Later versions put it at the end.
  ///
  /// **Source:** QEMU 7.2, `hw/riscv/boot.c`, `riscv_load_fdt`.
  static let keptForTree = Occupancy.Claim(
    range: (0xc000_0000 - FreeMemory.keptAtEnd)...0xbfff_ffff, owner: "the device tree of QEMU")
  /// `VIRT_CPUS_MAX`.
  static let maximumCPUs = 512
  /// `RISCV_ACLINT_DEFAULT_TIMEBASE_FREQ`.
  static let timebaseFrequency = 10_000_000

  /// What `-cpu rv64` is, as QEMU 7.2 writes it.
  ///
  /// - Parameter isAIA: Whether the harts have the extensions for MSIs.
  /// - Returns: The instruction set.
  static func isa(isAIA: Bool) -> String {
    "rv64imafdch_zicsr_zifencei_zihintpause_zba_zbb_zbc_zbs_"
      + (isAIA ? "smaia_ssaia_" : "") + "sstc"
  }

  static func preset(_ machine: Machine) -> Preset {
    let controller = machine.interruptController ?? .plic
    let serial = NS16550(at: uart, interrupt: uartInterrupt, clockFrequency: 3_686_400)
    var preset = Preset(
      [
        Memory(at: memory, size: machine.memory),
        CPUs(
          machine.cpus, isa: machine.isa ?? isa(isAIA: controller == .aplicIMSIC), mmuType: .sv48,
          timebaseFrequency: timebaseFrequency, isaExtensions: machine.isaExtensions ?? true,
          compatible: machine.cpuCompatible),
        SysconPoweroff(regmap: test), SysconReboot(regmap: test), fwCfg, flash,
      ],
      maximumCPUs: maximumCPUs, maximumMemory: Preset.memory(from: memory))
    preset.compatible = "riscv-virtio"
    preset.model = "riscv-virtio,qemu"
    preset.names = NodeNames(
      interruptController: "plic", aplic: "aplic", imsic: "imsics", clint: "clint",
      virtioMMIO: "virtio_mmio", cpuUnitAddress: .decimalIndex, pcieHost: "pci")
    preset.habits = Habits(cpuMap: .cluster, cpuStatus: true, bus: "soc")
    preset.onBus =
      [serial] + interruptControllers(controller)
      + [CLINT(at: clint), rtc, test, PCIHostBridge()] as [any Component]
    preset.slots = slots
    preset.leastQueueSize = QEMUVirt.mmioQueueSize
    preset.keptFree = [keptForTree]
    preset.pci = pci(machine)
    preset.options = ["interruptController", "isa", "isaExtensions"]
    return preset
  }

  private static func interruptControllers(
    _ controller: Machine.RISCVInterruptController
  ) -> [any Component] {
    if controller == .plic { return [PLIC(at: plic, size: plicSize, sources: sources)] }
    let domains: [any Component] = [
      APLIC(.supervisor, at: supervisorAPLIC, sources: sources),
      APLIC(.machine, at: machineAPLIC, sources: sources),
    ]
    if controller == .aplic { return domains }
    return domains + [
      IMSIC(.supervisor, at: supervisorIMSIC, identities: identities),
      IMSIC(.machine, at: machineIMSIC, identities: identities),
    ]
  }

  /// The PCI host; its window for 64-bit addresses lies behind RAM, at a multiple of its size.
  ///
  /// **Source:** QEMU 7.2, `hw/riscv/virt.c`: `virt_machine_init`, `create_fdt_pcie`; `PCIE_IRQ`.
  private static func pci(_ machine: Machine) -> MachinePCI {
    let size: UInt64 = 16 << 30
    let end = memory.value + min(machine.memory.bytes, 1 << 48)
    return MachinePCI(
      host: PCIHostBridge(
        ecam: 0x3000_0000, buses: 0...255, firstInterrupt: .source(32, .levelHigh)
      ) {
        Window(.io, at: 0x0300_0000, size: .kib(64))
        Window(.memory32, at: 0x4000_0000, size: .gib(1))
        Window(
          .memory64, at: GuestAddress((end + size - 1) / size * size), size: .bytes(size))
      })
  }

  static let leftOut = [
    LeftOutNode("/pmu", because: "the firmware's: Linux asks the firmware for counters"),
    LeftOutNode(
      "/platform-bus@4000000", at: 0x0400_0000,
      because: "empty without -device; a description that puts a TPM on it writes it as a Bus"),
  ]
}
