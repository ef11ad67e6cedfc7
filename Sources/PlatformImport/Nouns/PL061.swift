import PlatformDescription

/// A GPIO controller of Arm's.
enum PL061Recogniser: NounRecogniser {
  static let noun = "PL061"
  static let reachesBeyondItsNode = true

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("arm,pl061"), let range = node.range, range.size == .kib(4),
      let interrupt = node.interrupt
    else { return nil }
    var controller = PL061(at: range.at, interrupt: interrupt)
    controller.declaration = node.declaration
    return Proposal(value: controller, .device)
  }
}

extension PL061: SourceNoun {
  func call(_ text: NounText) -> Call {
    Call(
      "PL061",
      [Argument("at", text.address(at)), Argument("interrupt", text.interrupt(interrupt))])
  }
}
