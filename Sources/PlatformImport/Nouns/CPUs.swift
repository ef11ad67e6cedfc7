import PlatformDescription

/// `/cpus`, with processors of one kind.
enum CPUsRecogniser: NounRecogniser {
  static let noun = "CPUs"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isNamed("cpus") else { return nil }
    let processors = node.children.filter { $0.string("device_type") == "cpu" }
    guard let first = processors.first, let compatible = first.string("compatible") else {
      return nil
    }
    var cpus = CPUs(processors.count, compatible: compatible, enableMethod: nil)
    if let isa = first.string("riscv,isa"), let frequency = node.number("timebase-frequency"),
      let type = first.string("mmu-type"), type.hasPrefix("riscv,"),
      let mmuType = Hart.MMUType(rawValue: String(type.dropFirst("riscv,".count)))
    {
      cpus.hart = Hart(isa: isa, mmuType: mmuType, timebaseFrequency: frequency)
      if !first.has("riscv,isa-extensions") { cpus.hart?.isaExtensions = false }
    } else if let method = first.string("enable-method") {
      guard let method = CPUs.EnableMethod(rawValue: method) else { return nil }
      cpus.enableMethod = method
    }
    cpus.declaration = node.declaration
    return Proposal(cpus, .processors)
  }
}

extension CPUs: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument("\(count)")]
    if let hart {
      arguments.append(Argument("isa", text.string(hart.isa)))
      arguments.append(Argument("mmuType", ".\(hart.mmuType.rawValue)"))
      arguments.append(Argument("timebaseFrequency", text.count(hart.timebaseFrequency)))
      if hart.isaExtensions == false { arguments.append(Argument("isaExtensions", "false")) }
      if compatible != "riscv" { arguments.append(Argument("compatible", text.string(compatible))) }
      return Call("CPUs", arguments)
    }
    arguments.append(Argument("compatible", text.string(compatible)))
    if enableMethod == nil { arguments.append(Argument("enableMethod", "nil")) }
    return Call("CPUs", arguments)
  }
}
