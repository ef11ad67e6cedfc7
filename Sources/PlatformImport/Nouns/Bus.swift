import PlatformDescription

/// A bus that the kernel populates, with nouns on it.
enum BusRecogniser: NounRecogniser {
  static let noun = "Bus"

  static func proposal(for node: Candidate) -> Proposal? {
    let kind: Bus.Kind
    switch node.strings("compatible") {
    case ["simple-bus"]: kind = .simpleBus
    case ["simple-mfd"]: kind = .simpleMFD
    case ["arm,amba-bus", "simple-bus"]: kind = .ambaBus
    case ["qemu,platform", "simple-bus"]: kind = .qemuPlatform
    default: return nil
    }
    let cells: UInt32 = kind == .qemuPlatform ? 1 : 2
    guard node.u32("#address-cells") == cells, node.u32("#size-cells") == cells,
      let ranges = node.windows("ranges", cells: Int(cells))
    else { return nil }
    var bus = Bus(
      node.baseName, kind == .simpleBus ? nil : kind, ranges: ranges,
      dmaRanges: node.has("dma-ranges") ? node.windows("dma-ranges", cells: Int(cells)) : nil,
      dmaCoherent: node.has("dma-coherent")
    ) {
      node.devices
    }
    bus.declaration = node.declaration
    return Proposal(bus, .device)
  }
}

extension Bus: SourceNoun {
  var contained: [Element] { elements }

  func call(_ text: NounText) -> Call {
    var arguments = [Argument(text.string(name))]
    if let kind { arguments.append(Argument(".\(kind.rawValue)")) }
    if !ranges.isEmpty { arguments.append(Argument("ranges", Self.list(ranges, text))) }
    if let dmaRanges { arguments.append(Argument("dmaRanges", Self.list(dmaRanges, text))) }
    if dmaCoherent { arguments.append(Argument("dmaCoherent", "true")) }
    return Call("Bus", arguments, block: [])
  }

  private static func list(_ ranges: [Range], _ text: NounText) -> Expression {
    .list(
      ranges.map { range in
        [
          .text(
            ".init(child: \(text.address(range.child)), parent: \(text.address(range.parent)), "
              + "size: \(text.size(range.size)))")
        ]
      })
  }
}
