import PlatformDescription

/// A serial port of Arm's.
enum PL011Recogniser: NounRecogniser {
  static let noun = "PL011"
  static let reachesBeyondItsNode = true

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("arm,pl011"), let range = node.range, range.size == .kib(4),
      let interrupt = node.interrupt
    else { return nil }
    var port = PL011(at: range.at, interrupt: interrupt)
    port.declaration = node.declaration
    return Proposal(value: port, .device)
  }
}

extension PL011: SourceNoun {
  func call(_ text: NounText) -> Call {
    Call(
      "PL011",
      [Argument("at", text.address(at)), Argument("interrupt", text.interrupt(interrupt))])
  }
}
