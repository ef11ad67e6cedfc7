import PlatformDescription

/// A clock of the day, of Arm's.
enum PL031Recogniser: NounRecogniser {
  static let noun = "PL031"
  static let reachesBeyondItsNode = true

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("arm,pl031"), let range = node.range, range.size == .kib(4),
      node.has("interrupts") == (node.interrupt != nil)
    else { return nil }
    var clock = PL031(at: range.at, interrupt: node.interrupt)
    clock.declaration = node.declaration
    return Proposal(value: clock, .device)
  }
}

extension PL031: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument("at", text.address(at))]
    if let interrupt { arguments.append(Argument("interrupt", text.interrupt(interrupt))) }
    return Call("PL031", arguments)
  }
}
