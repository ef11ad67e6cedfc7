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
    let method = first.string("enable-method")
    let enableMethod = method.flatMap { CPUs.EnableMethod(rawValue: $0) }
    guard (method == nil) == (enableMethod == nil) else { return nil }
    var cpus = CPUs(processors.count, compatible: compatible, enableMethod: enableMethod)
    cpus.declaration = node.declaration
    return Proposal(cpus, .processors)
  }
}

extension CPUs: SourceNoun {
  func call(_ text: NounText) -> Call {
    var arguments = [Argument("\(count)"), Argument("compatible", text.string(compatible))]
    if enableMethod == nil { arguments.append(Argument("enableMethod", "nil")) }
    return Call("CPUs", arguments)
  }
}
