/// Every noun that a machine can have, as the model keeps it.
///
/// The lowering switches over it, so a noun that nobody lowers does not compile.
public enum Element: Sendable, Hashable {
  /// RAM.
  case memory(Memory)
  /// Memory that the kernel must not touch before it reads the nodes.
  case memoryReservation(MemoryReservation)
  /// A region kept from the kernel's allocator.
  case reservedMemory(ReservedMemory)
  /// Memory that confined devices bounce through.
  case restrictedDMAPool(RestrictedDMAPool)
  /// A heap for the devices that name it.
  case sharedDMAPool(SharedDMAPool)
  /// What the machine has memory for that others have, too.
  case sharedMemory(SharedMemoryRole)
  /// The processors.
  case cpus(CPUs)
  /// The firmware interface that starts and stops them.
  case psci(PSCI)
  /// An interrupt controller of version 2.
  case gicv2(GICv2)
  /// An interrupt controller of version 3.
  case gicv3(GICv3)
  /// An interrupt controller of a RISC-V machine.
  case plic(PLIC)
  /// The timer and the software interrupts of a RISC-V machine.
  case clint(CLINT)
  /// An interrupt controller of the Advanced Interrupt Architecture.
  case aplic(APLIC)
  /// What takes message-signalled interrupts on a RISC-V machine.
  case imsic(IMSIC)
  /// The architected timer.
  case archTimer(ArchTimer)
  /// A serial port.
  case pl011(PL011)
  /// A serial port of another make.
  case ns16550(NS16550)
  /// A clock of one frequency.
  case fixedClock(FixedClock)
  /// A clock of the day.
  case pl031(PL031)
  /// A clock of the day, as crosvm has one.
  case pl030(PL030)
  /// A clock of the day, as QEMU's riscv64 machine has one.
  case goldfishRTC(GoldfishRTC)
  /// A clock of the day, as kvmtool has one.
  case mc146818(MC146818)
  /// General-purpose input and output.
  case pl061(PL061)
  /// Keys that are wired to lines.
  case gpioKeys(GPIOKeys)
  /// A line that turns the machine off.
  case gpioPoweroff(GPIOPoweroff)
  /// A line that starts the machine anew.
  case gpioRestart(GPIORestart)
  /// SiFive's test device.
  case sifiveTest(SiFiveTest)
  /// A value that turns the machine off.
  case sysconPoweroff(SysconPoweroff)
  /// A value that starts the machine anew.
  case sysconReboot(SysconReboot)
  /// QEMU's firmware configuration.
  case fwCfg(FwCfg)
  /// Parallel flash memory.
  case flash(Flash)
  /// A trusted platform module.
  case tpmTIS(TPMTIS)
  /// A watchdog for each processor.
  case vcpuStallDetector(VCPUStallDetector)
  /// A battery.
  case goldfishBattery(GoldfishBattery)
  /// A number that changes when the machine is restored.
  case vmGenID(VMGenID)
  /// A virtio device behind registers in memory.
  case virtioMMIO(VirtioMMIO)
  /// A virtio device behind channel I/O.
  case virtioCCW(VirtioCCW)
  /// A device of ACPI's namespace, spelled out.
  case acpiDevice(ACPIDevice)
  /// The root of a PCI hierarchy.
  case pciHostBridge(PCIHostBridge)
  /// An Arm SMMU.
  case smmuv3(SMMUv3)
  /// A paravirtual IOMMU.
  case virtioIOMMU(VirtioIOMMU)
  /// The IOMMU of a protected guest.
  case pkvmIOMMU(PKVMIOMMU)
  /// ``IOMMUDomain``.
  case iommuDomain(IOMMUDomain)
  /// A bus with an address space of its own.
  case bus(Bus)
  /// What the firmware tells the kernel.
  case chosen(Chosen)
  /// A short name for a node.
  case alias(Alias)
  /// A node spelled out.
  case node(Node)
}

extension Element {
  /// The component behind the case.
  public var component: any Component {
    switch self {
    case .memory(let noun): noun
    case .memoryReservation(let noun): noun
    case .reservedMemory(let noun): noun
    case .restrictedDMAPool(let noun): noun
    case .sharedDMAPool(let noun): noun
    case .sharedMemory(let noun): noun
    case .cpus(let noun): noun
    case .psci(let noun): noun
    case .gicv2(let noun): noun
    case .gicv3(let noun): noun
    case .plic(let noun): noun
    case .clint(let noun): noun
    case .aplic(let noun): noun
    case .imsic(let noun): noun
    case .archTimer(let noun): noun
    case .pl011(let noun): noun
    case .ns16550(let noun): noun
    case .fixedClock(let noun): noun
    case .pl031(let noun): noun
    case .pl030(let noun): noun
    case .goldfishRTC(let noun): noun
    case .mc146818(let noun): noun
    case .pl061(let noun): noun
    case .gpioKeys(let noun): noun
    case .gpioPoweroff(let noun): noun
    case .gpioRestart(let noun): noun
    case .sifiveTest(let noun): noun
    case .sysconPoweroff(let noun): noun
    case .sysconReboot(let noun): noun
    case .fwCfg(let noun): noun
    case .flash(let noun): noun
    case .tpmTIS(let noun): noun
    case .vcpuStallDetector(let noun): noun
    case .goldfishBattery(let noun): noun
    case .vmGenID(let noun): noun
    case .virtioMMIO(let noun): noun
    case .virtioCCW(let noun): noun
    case .acpiDevice(let noun): noun
    case .pciHostBridge(let noun): noun
    case .smmuv3(let noun): noun
    case .virtioIOMMU(let noun): noun
    case .pkvmIOMMU(let noun): noun
    case .iommuDomain(let noun): noun
    case .bus(let noun): noun
    case .chosen(let noun): noun
    case .alias(let noun): noun
    case .node(let noun): noun
    }
  }

  /// Where it was written, and what was said about it.
  public var declaration: Declaration { component.declaration }
}
