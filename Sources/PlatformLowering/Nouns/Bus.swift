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
    checkWindows(noun)
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

  /// Whether the windows are some, apart from each other on either side, and lead to what is on the bus.
  private mutating func checkWindows(_ noun: Bus) {
    let location = noun.declaration.location
    for (what, ranges) in [("window", noun.ranges), ("window for DMA", noun.dmaRanges ?? [])] {
      for (index, range) in ranges.enumerated() {
        guard range.size.bytes > 0 else {
          mistake(
            "description/impossible-window", "a \(what) of this bus has no bytes", at: location,
            help: "say how large it is, or leave it out")
          continue
        }
        let room = range.size.bytes - 1
        if range.child.value.addingReportingOverflow(room).overflow
          || range.parent.value.addingReportingOverflow(room).overflow
        {
          mistake(
            "description/impossible-window", "a \(what) of this bus ends beyond 64 bits",
            at: location, help: "make it smaller, or let it start lower")
        }
        if ranges[..<index].contains(where: { Self.overlap(range, $0) }) {
          mistake(
            "description/impossible-window",
            "two \(what)s of this bus have the same addresses on it", at: location,
            help: "let one end where the other starts")
        }
      }
    }
    if noun.ranges.isEmpty { return }
    for element in noun.elements {
      if case .node(let node) = element, node.size == nil { continue }
      // What an address has no room for is said of the property that it stands in.
      if (noun.kind ?? .simpleBus).cells == 1,
        ((element.component as? any Referable)?.referenceAddress?.value ?? 0) >> 32 != 0
      {
        continue
      }
      guard let at = (element.component as? any Referable)?.referenceAddress,
        !noun.ranges.contains(where: { at >= $0.child && at.value - $0.child.value < $0.size.bytes }
        )
      else { continue }
      mistake(
        "description/outside-of-windows",
        "no window of the bus leads to 0x\(String(at.value, radix: 16))",
        at: element.declaration.location,
        help: "addresses on a bus are those behind 'child:'; widen 'ranges:', or move the device",
        related: [.init("the bus is here", at: location)])
    }
  }

  private static func overlap(_ one: Bus.Range, _ other: Bus.Range) -> Bool {
    guard other.size.bytes > 0 else { return false }
    let (low, high) = one.child <= other.child ? (one, other) : (other, one)
    return high.child.value - low.child.value < low.size.bytes
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
