import PlatformDescription

/// A clock that never changes.
enum FixedClockRecogniser: NounRecogniser {
  static let noun = "FixedClock"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.strings("compatible") == ["fixed-clock"], node.baseName == node.name,
      let frequency = node.number("clock-frequency")
    else { return nil }
    var clock = FixedClock(
      node.name, frequency: frequency, outputName: node.string("clock-output-names"))
    clock.declaration = node.declaration
    return Proposal(value: clock, .device)
  }
}

extension FixedClock: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [
      Argument(text.string(name)), Argument("frequency", text.count(frequency)),
    ]
    if let outputName { arguments.append(Argument("outputName", text.string(outputName))) }
    return Call("FixedClock", arguments)
  }
}
