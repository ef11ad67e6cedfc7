import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: Bus) -> DraftNode? {
    guard Spelling.isNodeName(noun.name) else {
      mistake(
        "description/invalid-name", "'\(noun.name)' can't name a node",
        at: noun.declaration.location, help: Spelling.nodeNameHelp)
      return nil
    }
    var node: DraftNode
    if let first = noun.ranges.first {
      node = DraftNode(
        noun.name, at: first.parent, declaration: noun.declaration, target: Target(noun))
    } else {
      node = DraftNode(noun.name, declaration: noun.declaration, target: Target(noun))
    }
    let kind = noun.kind ?? .simpleBus
    node.set("compatible", .strings(kind.compatible))
    node.set("#address-cells", .u32(kind.cells))
    node.set("#size-cells", .u32(kind.cells))
    node.set("ranges", .ranges(noun.ranges))
    if let dmaRanges = noun.dmaRanges { node.set("dma-ranges", .ranges(dmaRanges)) }
    if kind == .qemuPlatform, interruptController != nil {
      node.set("interrupt-parent", .cells([.phandle(.interruptController)]))
    }
    if noun.dmaCoherent { node.set("dma-coherent", .empty) }
    for element in noun.elements {
      guard element.isDevice else {
        mistake(
          "description/misplaced", "this belongs in the braces of the machine, not on a bus",
          at: element.declaration.location)
        continue
      }
      if let child = lower(element) { node.children.append(child) }
    }
    finish(&node)
    return node
  }
}

extension Bus.Kind {
  fileprivate var compatible: [String] {
    switch self {
    case .simpleBus: ["simple-bus"]
    case .simpleMFD: ["simple-mfd"]
    case .ambaBus: ["arm,amba-bus", "simple-bus"]
    case .qemuPlatform: ["qemu,platform", "simple-bus"]
    }
  }

  /// The cells of an address and of a size.
  fileprivate var cells: UInt32 { self == .qemuPlatform ? 1 : 2 }
}

extension Element {
  /// Whether it becomes a node where it stands; everything else has a place of its own.
  fileprivate var isDevice: Bool {
    switch self {
    case .pl011, .ns16550, .fixedClock, .pl031, .pl030, .goldfishRTC, .mc146818, .pl061, .gpioKeys,
      .gpioPoweroff, .gpioRestart, .sifiveTest, .sysconPoweroff, .sysconReboot, .fwCfg, .flash,
      .tpmTIS, .vcpuStallDetector, .goldfishBattery, .vmGenID:
      true
    case .virtioMMIO, .bus, .node: true
    case .pciHostBridge, .smmuv3, .virtioIOMMU: true
    default: false
    }
  }
}
