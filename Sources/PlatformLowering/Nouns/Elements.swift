import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// Lowers one element: a device is returned to whoever contains it, everything else goes where it
  /// belongs.
  mutating func lower(_ element: Element) -> DraftNode? {
    switch element {
    case .memory(let noun): lower(noun)
    case .memoryReservation(let noun): lower(noun)
    case .reservedMemory(let noun): lower(noun)
    case .restrictedDMAPool(let noun): lower(noun)
    case .cpus(let noun): lower(noun)
    case .psci(let noun): lower(noun)
    case .gicv2(let noun): lower(noun)
    case .gicv3(let noun): lower(noun)
    case .archTimer(let noun): lower(noun)
    case .chosen(let noun): lower(noun)
    case .alias(let noun): lower(noun)
    case .pl011(let noun): return node(for: noun)
    case .virtioMMIO(let noun): return node(for: noun)
    case .bus(let noun): return node(for: noun)
    case .node(let noun): return node(for: noun)
    }
    return nil
  }

  /// Adds what `.adding { … }` said.
  mutating func finish(_ node: inout DraftNode) {
    finish(&node, pending: [])
  }
}
