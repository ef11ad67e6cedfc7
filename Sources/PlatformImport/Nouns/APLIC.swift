import PlatformDescription

/// A domain of RISC-V's newer interrupt controller for wires.
enum APLICRecogniser: NounRecogniser {
  static let noun = "APLIC"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("riscv,aplic"), let range = node.range,
      let sources = node.number("riscv,num-sources")
    else { return nil }
    // The machine's domain hands interrupts on to the supervisor's.
    var aplic = APLIC(
      node.has("riscv,children") ? .machine : .supervisor, at: range.at, size: range.size,
      sources: sources)
    aplic.declaration = node.declaration
    return Proposal(aplic, .interruptController)
  }
}

extension APLIC: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument(".\(mode.rawValue)"), Argument("at", text.address(at))]
    if size != .kib(32) { arguments.append(Argument("size", text.size(size))) }
    arguments.append(Argument("sources", "\(sources)"))
    return Call("APLIC", arguments)
  }
}

/// RISC-V's interrupt controller for messages.
enum IMSICRecogniser: NounRecogniser {
  static let noun = "IMSIC"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("riscv,imsics"), let ranges = node.ranges(),
      let first = ranges.first, let identities = node.number("riscv,num-ids")
    else { return nil }
    // External interrupt 11 of a hart is the machine's, 9 the supervisor's.
    let isMachine = node.cells("interrupts-extended")?.dropFirst().first == 11
    var imsic = IMSIC(
      isMachine ? .machine : .supervisor, at: first.at, identities: identities,
      guestIndexBits: node.number("riscv,guest-index-bits") ?? 0)
    imsic.declaration = node.declaration
    return Proposal(imsic, .interruptController)
  }
}

extension IMSIC: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument(".\(mode.rawValue)"), Argument("at", text.address(at))]
    if identities != 255 { arguments.append(Argument("identities", "\(identities)")) }
    if guestIndexBits != 0 { arguments.append(Argument("guestIndexBits", "\(guestIndexBits)")) }
    return Call("IMSIC", arguments)
  }
}
