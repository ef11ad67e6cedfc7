import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// Lowers one element: a device is returned to whoever contains it, everything else goes where it
  /// belongs.
  mutating func lower(_ element: Element) -> DraftNode? {
    switch element {
    case .memory(let noun): lower(noun)
    case .reservedMemory(let noun): lower(noun)
    case .restrictedDMAPool(let noun): lower(noun)
    case .sharedDMAPool(let noun): lower(noun)
    case .cpus(let noun): lower(noun)
    case .psci(let noun): lower(noun)
    case .gicv2(let noun): lower(noun)
    case .gicv3(let noun): lower(noun)
    case .archTimer(let noun): lower(noun)
    case .chosen(let noun): lower(noun)
    case .alias(let noun): lower(noun)
    case .pl011(let noun): return node(for: noun)
    case .ns16550(let noun): return node(for: noun)
    case .fixedClock(let noun): return node(for: noun)
    case .pl031(let noun): return node(for: noun)
    case .pl030(let noun): return node(for: noun)
    case .goldfishRTC(let noun): return node(for: noun)
    case .mc146818(let noun): return node(for: noun)
    case .pl061(let noun): return node(for: noun)
    case .gpioKeys(let noun): return node(for: noun)
    case .gpioPoweroff(let noun): return node(for: noun)
    case .gpioRestart(let noun): return node(for: noun)
    case .sifiveTest(let noun): return node(for: noun)
    case .sysconPoweroff(let noun): return node(for: noun)
    case .sysconReboot(let noun): return node(for: noun)
    case .fwCfg(let noun): return node(for: noun)
    case .flash(let noun): return node(for: noun)
    case .tpmTIS(let noun): return node(for: noun)
    case .vcpuStallDetector(let noun): return node(for: noun)
    case .goldfishBattery(let noun): return node(for: noun)
    case .vmGenID(let noun): return node(for: noun)
    case .virtioMMIO(let noun): return node(for: noun)
    case .pciHostBridge(let noun): return node(for: noun)
    case .smmuv3(let noun): return node(for: noun)
    case .virtioIOMMU(let noun): return node(for: noun)
    case .bus(let noun): return node(for: noun)
    case .node(let noun): return node(for: noun)
    }
    return nil
  }

  /// Adds what `.adding { … }` said.
  mutating func finish(_ node: inout DraftNode) {
    guard let additions = node.declaration?.additions, !additions.isEmpty else { return }
    add(additions, to: &node, replacing: true)
  }
}
