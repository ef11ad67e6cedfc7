import PlatformDescription

/// Arm's System MMU of version 3.
enum SMMUv3Recogniser: NounRecogniser {
  static let noun = "SMMUv3"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isCompatible("arm,smmu-v3"), let range = node.range,
      let interrupts = node.interrupts,
      let names = node.strings("interrupt-names"), names.count == interrupts.count
    else { return nil }
    func interrupt(_ name: String) -> Interrupt? {
      names.firstIndex(of: name).map { interrupts[$0] }
    }
    guard let eventq = interrupt("eventq"), let gerror = interrupt("gerror") else { return nil }
    var smmu = SMMUv3(
      at: range.at, eventq: eventq, priq: interrupt("priq"), cmdqSync: interrupt("cmdq-sync"),
      gerror: gerror)
    smmu.dmaCoherent = node.has("dma-coherent")
    smmu.declaration = node.declaration
    return Proposal(value: smmu, .device)
  }
}

/// The SMMU of a machine that is borrowed.
enum MachineSMMUv3Recogniser: NounRecogniser {
  static let noun = "SMMUv3 of the machine"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isOnBorrowedMachine, node.isCompatible("arm,smmu-v3") else { return nil }
    var smmu = SMMUv3()
    smmu.dmaCoherent = node.has("dma-coherent")
    smmu.declaration = node.declaration
    return Proposal(value: smmu, .device)
  }
}

extension SMMUv3: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments: [Argument] = []
    if let registers {
      arguments.append(Argument("at", text.address(registers.at)))
      arguments.append(Argument("eventq", text.interrupt(registers.eventq)))
      if let priq = registers.priq { arguments.append(Argument("priq", text.interrupt(priq))) }
      if let sync = registers.cmdqSync {
        arguments.append(Argument("cmdqSync", text.interrupt(sync)))
      }
      arguments.append(Argument("gerror", text.interrupt(registers.gerror)))
    }
    var call = Call("SMMUv3", arguments)
    if !dmaCoherent { call.modifiers.append(Call("nonCoherent")) }
    return call
  }
}
