import PlatformDescription

/// What of a model is referred to, and therefore has to have a name.
struct ReferenceSurvey {
  /// The labels, in the order of the model.
  private(set) var labels: [Label] = []
  /// The names of the regions.
  private(set) var regions: Set<String> = []
  /// The places of the nouns that are referred to as values.
  private(set) var values: Set<SourceLocation> = []
  /// The first alias of each of them.
  private(set) var aliases: [SourceLocation: String] = [:]

  init(_ platform: Platform) {
    for machine in platform.virtualMachines {
      visit(machine.declaration)
      visit(machine.elements)
    }
  }

  private mutating func visit(_ elements: [Element]) {
    for element in elements {
      visit(element.declaration)
      if case .node(let node) = element { visit(node.content) }
      guard let noun = element.component as? any SourceNoun else { continue }
      for reference in noun.references { visit(reference) }
      for part in noun.parts {
        visit(part.declaration)
        for reference in part.references { visit(reference) }
      }
      visit(noun.contained)
      if case .alias(let alias) = element, let place = alias.target.declared,
        aliases[place] == nil
      {
        aliases[place] = alias.name
      }
    }
  }

  private mutating func visit(_ node: Node) {
    visit(node.declaration)
    visit(node.content)
  }

  private mutating func visit(_ declaration: Declaration) {
    if let label = declaration.label { labels.append(label) }
    visit(declaration.additions)
  }

  private mutating func visit(_ content: [NodeContent]) {
    for part in content {
      switch part {
      case .node(let node): visit(node)
      case .property(let property):
        guard case .cells(let cells) = property.value else { continue }
        for case .phandle(let reference) in cells { visit(reference) }
      }
    }
  }

  private mutating func visit(_ reference: Reference) {
    if let name = reference.name {
      if reference.noun != Reference.labelNoun { regions.insert(name) }
    } else if let declared = reference.declared {
      values.insert(declared)
    }
  }
}
