import PlatformDescription

/// `/reserved-memory`, each region of which is a noun, or none.
enum ReservedMemoryRecogniser: NounRecogniser {
  static let noun = "ReservedMemory"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isNamed("reserved-memory") else { return nil }
    var elements: [Element] = []
    var regions: [Int: String] = [:]
    var taken = Set<String>()
    for child in node.children {
      // Regions are referred to by name: of two that have the same, one gets another.
      let address = child.range.map { "-" + String($0.at.value, radix: 16) } ?? ""
      var name = child.baseName
      if taken.contains(name) { name += address }
      guard taken.insert(name).inserted, let element = region(child, named: name) else {
        return nil
      }
      elements.append(element)
      regions[child.index] = name
    }
    var proposal = Proposal(elements: elements, .memory)
    proposal.regions = regions
    return proposal
  }

  private static func region(_ node: Candidate, named name: String) -> Element? {
    guard let placement = placement(of: node) else { return nil }
    let compatible = node.strings("compatible") ?? []
    if compatible == ["restricted-dma-pool"], var pool = RestrictedDMAPool(name, placement) {
      pool.declaration = node.declaration
      if name != node.baseName { pool.declaration.name = node.baseName }
      return pool.element
    }
    if compatible == ["shared-dma-pool"], var pool = SharedDMAPool(name, placement) {
      if node.has("reusable") { pool.use = node.has("linux,cma-default") ? .cmaDefault : .reusable }
      pool.declaration = node.declaration
      if name != node.baseName { pool.declaration.name = node.baseName }
      return pool.element
    }
    var region = ReservedMemory(
      name, at: 0, size: .bytes(0), compatible: compatible, noMap: node.has("no-map"),
      reusable: node.has("reusable"))
    region.placement = placement
    region.declaration = node.declaration
    if name != node.baseName { region.declaration.name = node.baseName }
    return region.element
  }

  private static func placement(of node: Candidate) -> Placement? {
    if node.has("reg") { return node.range.map { .static($0) } }
    guard let size = node.u64("size") else { return nil }
    let region = ReservedMemory(
      "", size: .bytes(size), alignment: node.u64("alignment").map { .bytes($0) },
      allocRanges: node.ranges("alloc-ranges") ?? [])
    return region.placement
  }
}

extension RestrictedDMAPool {
  /// A pool placed as said; nil for a dynamic one without alignment, which the language has no word for.
  fileprivate init?(_ name: String, _ placement: Placement) {
    self.init(name, at: 0, size: .bytes(0))
    if case .dynamic(let dynamic) = placement, dynamic.alignment == nil { return nil }
    self.placement = placement
  }
}

extension SharedDMAPool {
  /// A pool placed as said; nil for a dynamic one without alignment.
  fileprivate init?(_ name: String, _ placement: Placement) {
    self.init(name, at: 0, size: .bytes(0))
    if case .dynamic(let dynamic) = placement, dynamic.alignment == nil { return nil }
    self.placement = placement
  }
}

extension SharedDMAPool: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument(text.string(name))]
    if use != .coherent { arguments.append(Argument(".\(use.rawValue)")) }
    return Call("SharedDMAPool", arguments + placement.arguments(text))
  }
}

extension ReservedMemory: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument(text.string(name))] + placement.arguments(text)
    if !compatible.isEmpty { arguments.append(Argument("compatible", text.strings(compatible))) }
    if noMap { arguments.append(Argument("noMap", "true")) }
    if reusable { arguments.append(Argument("reusable", "true")) }
    return Call("ReservedMemory", arguments)
  }
}

extension RestrictedDMAPool: SourceNoun {
  func call(_ text: NounText) -> Call {
    Call("RestrictedDMAPool", [Argument(text.string(name))] + placement.arguments(text))
  }
}

extension Placement {
  fileprivate func arguments(_ text: NounText) -> [Argument] {
    switch self {
    case .static(let range):
      return [Argument("at", text.address(range.at)), Argument("size", text.size(range.size))]
    case .dynamic(let placement):
      var arguments = [Argument("size", text.size(placement.size))]
      if let alignment = placement.alignment {
        arguments.append(Argument("alignment", text.size(alignment)))
      }
      if !placement.allocRanges.isEmpty {
        arguments.append(Argument("allocRanges", text.ranges(placement.allocRanges)))
      }
      return arguments
    case .computed(let placement):
      // No tree says that its numbers were computed, so none comes from import.
      return [
        Argument("at", placement.at.map(text.address) ?? ".computed"),
        Argument("size", placement.size.map(text.size) ?? ".computed"),
      ]
    }
  }
}
