import PlatformDescription

/// QEMU's firmware configuration.
enum FwCfgRecogniser: NounRecogniser {
  static let noun = "FwCfg"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("qemu,fw-cfg-mmio"), let range = node.range else { return nil }
    var noun = FwCfg(at: range.at)
    noun.declaration = node.declaration
    return Proposal(value: noun, .device)
  }
}

extension FwCfg: SourceNoun {
  func call(_ text: NounText) -> Call { Call("FwCfg", [Argument("at", text.address(at))]) }
}
