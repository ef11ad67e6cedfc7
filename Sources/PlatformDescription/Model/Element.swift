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
  /// The processors.
  case cpus(CPUs)
  /// The firmware interface that starts and stops them.
  case psci(PSCI)
  /// An interrupt controller of version 2.
  case gicv2(GICv2)
  /// An interrupt controller of version 3.
  case gicv3(GICv3)
  /// The architected timer.
  case archTimer(ArchTimer)
  /// A serial port.
  case pl011(PL011)
  /// A virtio device behind registers in memory.
  case virtioMMIO(VirtioMMIO)
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
    case .cpus(let noun): noun
    case .psci(let noun): noun
    case .gicv2(let noun): noun
    case .gicv3(let noun): noun
    case .archTimer(let noun): noun
    case .pl011(let noun): noun
    case .virtioMMIO(let noun): noun
    case .bus(let noun): noun
    case .chosen(let noun): noun
    case .alias(let noun): noun
    case .node(let noun): noun
    }
  }

  /// Where it was written, and what was said about it.
  public var declaration: Declaration { component.declaration }
}
