import PlatformDescription

/// Flash memory, of one or more banks.
enum FlashRecogniser: NounRecogniser {
  static let noun = "Flash"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.strings("compatible") == ["cfi-flash"], let banks = node.ranges(),
      let width = node.number("bank-width")
    else { return nil }
    var flash = Flash(banks: banks, bankWidth: width)
    flash.declaration = node.declaration
    return Proposal(value: flash, .device)
  }
}

extension Flash: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument("banks", text.ranges(banks))]
    if bankWidth != 4 { arguments.append(Argument("bankWidth", "\(bankWidth)")) }
    return Call("Flash", arguments)
  }
}
