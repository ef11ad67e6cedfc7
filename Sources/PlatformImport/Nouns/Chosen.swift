import PlatformDescription

/// `/chosen`, where it says no more than the lowering does by itself.
enum ImpliedChosenRecogniser: NounRecogniser {
  static let noun = "Chosen of the machine"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isNamed("chosen"), node.children.isEmpty,
      node.keptPropertyNames == ["stdout-path"]
    else { return nil }
    return Proposal(elements: [], .chosen)
  }
}

/// `/chosen`.
enum ChosenRecogniser: NounRecogniser {
  static let noun = "Chosen"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isNamed("chosen") else { return nil }
    var chosen = Chosen(bootArguments: node.string("bootargs"))
    chosen.stdout = node.reference(path: "stdout-path")
    if let start = node.u64("linux,initrd-start"), let end = node.u64("linux,initrd-end"),
      end > start
    {
      chosen.initrd = AddressRange(at: GuestAddress(start), size: .bytes(end - start))
    }
    chosen.declaration = node.declaration
    return Proposal(chosen, .chosen)
  }
}

extension Chosen: SourceNoun {
  var references: [Reference] { stdout.map { [$0] } ?? [] }

  func call(_ text: NounText) -> Call {
    var arguments: [Argument] = []
    if let bootArguments {
      arguments.append(Argument("bootArguments", text.string(bootArguments)))
    }
    if let stdout { arguments.append(Argument("stdout", text.name(stdout))) }
    if let initrd {
      arguments.append(
        Argument(
          "initrd", "AddressRange(at: \(text.address(initrd.at)), size: \(text.size(initrd.size)))")
      )
    }
    return Call("Chosen", arguments)
  }
}
