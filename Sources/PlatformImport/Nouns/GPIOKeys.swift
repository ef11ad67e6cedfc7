import PlatformDescription

/// Keys on the lines of a GPIO controller that is a noun.
enum GPIOKeysRecogniser: NounRecogniser {
  static let noun = "GPIOKeys"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.strings("compatible") == ["gpio-keys"] else { return nil }
    var keys: [GPIOKey] = []
    for child in node.children {
      guard let code = child.number("linux,code"), let gpio = child.line("gpios") else {
        return nil
      }
      var key = GPIOKey(child.baseName, code: code, label: child.string("label"), gpio: gpio)
      key.declaration = child.declaration
      keys.append(key)
    }
    guard !keys.isEmpty else { return nil }
    var noun = GPIOKeys { keys }
    noun.declaration = node.declaration
    return Proposal(noun, .device)
  }
}

extension GPIOKeys: SourceNoun {
  var parts: [any SourceNoun & Declared] { keys }

  func call(_ text: NounText) -> Call { Call("GPIOKeys", block: []) }
}

extension GPIOKey: SourceNoun {
  var references: [Reference] { [gpio.controller] }

  func call(_ text: NounText) -> Call {
    var arguments = [Argument(text.string(name)), Argument("code", text.count(code))]
    if let label { arguments.append(Argument("label", text.string(label))) }
    arguments.append(Argument("gpio", text.line(gpio)))
    return Call("GPIOKey", arguments)
  }
}

extension Candidate {
  /// The one line of a controller that is a noun.
  func line(_ name: String) -> GPIOLine? {
    guard let cells = cells(name), cells.count == 3, cells[2] < 2,
      let controller = valueReference(name, noun: "pl061")
    else { return nil }
    var line = PL061(at: 0, interrupt: .spi(0, .levelHigh)).line(
      Int(cells[1]), activeLow: cells[2] == 1)
    line.controller = controller
    return line
  }
}
