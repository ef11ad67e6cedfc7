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
    let serial = Preset.serialPort(
      "serial", at: uart, size: .bytes(0x100), interrupt: uartInterrupt,
      clockFrequency: 3_686_400)
    var preset = Preset(
      [
        Memory(at: memory, size: machine.memory),
        CPUs(
          machine.cpus, isa: machine.isa ?? isa(isAIA: controller == .aplicIMSIC), mmuType: .sv48,
          timebaseFrequency: timebaseFrequency, isaExtensions: machine.isaExtensions ?? true,
          compatible: machine.cpuCompatible),
      ],
      maximumCPUs: maximumCPUs, maximumMemory: Preset.memory(from: memory))
    preset.compatible = "riscv-virtio"
    preset.model = "riscv-virtio,qemu"
    preset.names = NodeNames(
      interruptController: "plic", aplic: "aplic", imsic: "imsics", clint: "clint",
      virtioMMIO: "virtio_mmio", cpuUnitAddress: .decimalIndex)
    preset.habits = Habits(cpuMap: .cluster, cpuStatus: true, bus: "soc")
    preset.onBus = [serial] + interruptControllers(controller) + [CLINT(at: clint)]
    preset.slots = slots
    preset.leastQueueSize = QEMUVirt.mmioQueueSize
    preset.keptFree = [keptForTree]
    preset.console = serial
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

  static func leftOut(_ machine: Machine) -> [LeftOutNode] {
    [
      LeftOutNode("/pmu", because: "the firmware's: Linux asks the firmware for counters"),
      LeftOutNode("/fw-cfg@10100000", at: 0x1010_0000, because: LeftOutNode.noNoun),
      LeftOutNode("/flash@20000000", at: 0x2000_0000, because: LeftOutNode.noNoun),
      LeftOutNode("/poweroff", because: "a register of /soc/test@100000"),
      LeftOutNode("/reboot", because: "a register of /soc/test@100000"),
      LeftOutNode(
        "/platform-bus@4000000", at: 0x0400_0000, because: "a bus for -device without devices"),
      LeftOutNode(
        "/soc/rtc@101000", at: 0x0010_1000, interrupt: .source(11, .levelHigh),
        because: LeftOutNode.noNoun),
      LeftOutNode("/soc/test@100000", at: 0x0010_0000, because: LeftOutNode.noNoun),
      LeftOutNode(
        "/soc/pci@30000000", at: 0x3000_0000, interrupt: .source(32, .levelHigh),
        because: LeftOutNode.noNoun),
    ]
  }
}
