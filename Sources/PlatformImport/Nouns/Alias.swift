import PlatformDescription

/// `/aliases`, each of which is a path of a node that is there.
enum AliasesRecogniser: NounRecogniser {
  static let noun = "Alias"

  static func proposal(for node: Candidate) -> Proposal? {
    guard node.isTopLevel, node.isNamed("aliases") else { return nil }
    var elements: [Element] = []
    for name in node.propertyNames {
      guard let reference = node.reference(path: name) else { return nil }
      var alias = Alias(name, for: Label(""))
      alias.target = reference
      alias.declaration = Declaration(node.recognition.location(of: node.index))
      elements.append(alias.element)
    }
    return Proposal(elements: elements, .alias)
  }
}

extension Alias: SourceNoun {
  var references: [Reference] { [target] }

  func call(_ text: NounText) -> Call {
    Call("Alias", [Argument(text.string(name)), Argument("for", text.name(target))])
  }
}
