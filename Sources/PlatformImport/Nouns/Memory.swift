import PlatformDescription

/// `memory@40000000`, of one run of addresses.
enum MemoryRecogniser: NounRecogniser {
  static let noun = "Memory"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.string("device_type") == "memory", let range = node.range else {
      return nil
    }
    var memory = Memory(at: range.at, size: range.size)
    memory.declaration = node.declaration
    return Proposal(memory, .memory)
  }
}

extension Memory: SourceNoun {
  var contained: [Element] { regions }

  func call(_ text: NounText) -> Call {
    Call("Memory", [Argument("at", text.address(at)), Argument("size", text.size(size))])
  }
}
