import PlatformDescription

/// A serial port of the 16550 kind.
enum NS16550Recogniser: NounRecogniser {
  static let noun = "NS16550"
  static let reachesBeyondItsNode = true

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("ns16550a"), let range = node.range, let interrupt = node.interrupt
    else {
      return nil
    }
    var port = NS16550(at: range.at, interrupt: interrupt, size: range.size)
    port.clockFrequency = node.number("clock-frequency")
    if port.clockFrequency == nil, let clock = node.valueReference("clocks", noun: "fixedClock") {
      port.clock = clock
    }
    port.currentSpeed = node.number("current-speed")
    port.regShift = node.number("reg-shift")
    port.regIOWidth = node.number("reg-io-width")
    if port.clockFrequency == nil, port.clock == nil { return nil }
    port.declaration = node.declaration
    return Proposal(value: port, .device)
  }
}

extension NS16550: SourceNoun {
  var references: [Reference] { clock.map { [$0] } ?? [] }

  func call(_ text: NounText) -> Call {
    var arguments = [
      Argument("at", text.address(at)), Argument("interrupt", text.interrupt(interrupt)),
    ]
    if size != .bytes(0x100) { arguments.append(Argument("size", text.size(size))) }
    if let clock {
      arguments.append(Argument("clock", text.name(clock)))
      return Call("NS16550", arguments)
    }
    if let clockFrequency, clockFrequency != 1_843_200 {
      arguments.append(Argument("clockFrequency", text.count(clockFrequency)))
    }
    if let currentSpeed { arguments.append(Argument("currentSpeed", text.count(currentSpeed))) }
    if let regShift { arguments.append(Argument("regShift", text.count(regShift))) }
    if let regIOWidth { arguments.append(Argument("regIOWidth", text.count(regIOWidth))) }
    return Call("NS16550", arguments)
  }
}
