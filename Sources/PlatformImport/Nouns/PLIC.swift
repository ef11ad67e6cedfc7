import PlatformDescription

/// RISC-V's interrupt controller for wires.
enum PLICRecogniser: NounRecogniser {
  static let noun = "PLIC"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("sifive,plic-1.0.0"), let range = node.range,
      let sources = node.number("riscv,ndev")
    else { return nil }
    var plic = PLIC(at: range.at, size: range.size, sources: sources)
    plic.declaration = node.declaration
    return Proposal(plic, .interruptController)
  }
}

extension PLIC: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument("at", text.address(at))]
    if size != .mib(64) { arguments.append(Argument("size", text.size(size))) }
    arguments.append(Argument("sources", "\(sources)"))
    return Call("PLIC", arguments)
  }
}

/// RISC-V's timer and software interrupts.
enum CLINTRecogniser: NounRecogniser {
  static let noun = "CLINT"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isCompatible("riscv,clint0"), let range = node.range else {
      return nil
    }
    var clint = CLINT(at: range.at)
    clint.declaration = node.declaration
    return Proposal(clint, .timer)
  }
}

extension CLINT: SourceNoun {
  func call(_ text: NounText) -> Call { Call("CLINT", [Argument("at", text.address(at))]) }
}
