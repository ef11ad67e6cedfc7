import PlatformDescription

/// A bus that the kernel populates, with nouns on it.
enum BusRecogniser: NounRecogniser {
  static let noun = "Bus"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.strings("compatible") == ["simple-bus"], node.u32("#address-cells") == 2,
      node.u32("#size-cells") == 2, let ranges = node.windows("ranges")
    else { return nil }
    var bus = Bus(
      node.baseName, ranges: ranges,
      dmaRanges: node.has("dma-ranges") ? node.windows("dma-ranges") : nil,
      dmaCoherent: node.has("dma-coherent")
    ) {
      node.devices
    }
    bus.declaration = node.declaration
    return Proposal(bus, .device)
  }
}

extension Bus: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument(text.string(name))]
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
