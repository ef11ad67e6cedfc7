import PlatformDescription

/// A line that turns the machine off.
enum GPIOPoweroffRecogniser: NounRecogniser {
  static let noun = "GPIOPoweroff"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("gpio-poweroff"), let line = node.line("gpios") else {
      return nil
    }
    var noun = GPIOPoweroff(line)
    noun.declaration = node.declaration
    return Proposal(noun, .device)
  }
}

extension GPIOPoweroff: SourceNoun {
  var references: [Reference] { [gpio.controller] }

  func call(_ text: NounText) -> Call { Call("GPIOPoweroff", [Argument(text.line(gpio))]) }
}

/// A line that starts the machine anew.
enum GPIORestartRecogniser: NounRecogniser {
  static let noun = "GPIORestart"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("gpio-restart"), let line = node.line("gpios") else {
      return nil
    }
    var noun = GPIORestart(line)
    noun.declaration = node.declaration
    return Proposal(noun, .device)
  }
}

extension GPIORestart: SourceNoun {
  var references: [Reference] { [gpio.controller] }

  func call(_ text: NounText) -> Call { Call("GPIORestart", [Argument(text.line(gpio))]) }
}

extension NounText {
  /// `pl061.line(3)`.
  func line(_ line: GPIOLine) -> String {
    let activeLow = line.activeLow ? ", activeLow: true" : ""
    return "\(name(line.controller)).line(\(line.number)\(activeLow))"
  }
}
