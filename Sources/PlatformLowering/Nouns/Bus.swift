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
    node.set("compatible", .string("simple-bus"))
    node.set("#address-cells", .u32(2))
    node.set("#size-cells", .u32(2))
    node.set("ranges", .cells(noun.ranges.flatMap(Self.cells)))
    if let dmaRanges = noun.dmaRanges {
      node.set("dma-ranges", .cells(dmaRanges.flatMap(Self.cells)))
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

  private static func cells(_ range: Bus.Range) -> [UInt32] {
    range.child.cells + range.parent.cells + range.size.cells
  }
}

extension Element {
  /// Whether it becomes a node where it stands; everything else has a place of its own.
  fileprivate var isDevice: Bool {
    switch self {
    case .pl011, .virtioMMIO, .bus, .node: true
    case .pciHostBridge, .smmuv3, .virtioIOMMU: true
    default: false
    }
  }
}
