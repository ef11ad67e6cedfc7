import PlatformDescription

/// The architected timer.
enum ArchTimerRecogniser: NounRecogniser {
  static let noun = "ArchTimer"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("arm,armv8-timer"), let interrupts = node.interrupts
    else { return nil }
    var timer = ArchTimer(interrupts: interrupts, alwaysOn: node.has("always-on"))
    timer.declaration = node.declaration
    return Proposal(timer, .timer)
  }
}

extension ArchTimer: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments: [Argument] = []
    if interrupts != ArchTimer().interrupts {
      arguments.append(
        Argument("interrupts", .list([interrupts.map { .text(text.interrupt($0)) }])))
    }
    if !alwaysOn { arguments.append(Argument("alwaysOn", "false")) }
    return Call("ArchTimer", arguments)
  }
}
