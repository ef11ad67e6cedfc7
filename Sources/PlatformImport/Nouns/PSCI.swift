import PlatformDescription

/// `/psci`.
enum PSCIRecogniser: NounRecogniser {
  static let noun = "PSCI"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("arm,psci-0.2") || node.isCompatible("arm,psci-1.0"),
      let method = node.string("method").flatMap({ PSCI.Method(rawValue: $0) })
    else { return nil }
    var psci = PSCI(node.isCompatible("arm,psci-1.0") ? .v1 : .v02, method: method)
    psci.declaration = node.declaration
    return Proposal(psci, .firmware)
  }
}

extension PSCI: SourceNoun {
  func call(_ text: NounText) -> Call {
    Call(
      "PSCI",
      [Argument(version == .v1 ? ".v1" : ".v02"), Argument("method", ".\(method.rawValue)")])
  }
}
