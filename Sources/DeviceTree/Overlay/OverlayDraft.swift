/// Builds a ``DerivedOverlay``.
struct OverlayDraft {
  let base: TreeArena
  let wanted: TreeArena
  let references: [TreeReference]
  /// The labels of the base's nodes, where they can be referred to.
  let baseLabels: [Int: String]

  var output = TreeArena(Tree())
  var fragments: [DerivedOverlay.Fragment] = []
  var numbered: [TreeReference] = []
  var unremovable: [TreeDifference] = []

  /// What a fragment consists of, by the node of the wanted tree that it is laid over.
  struct Content {
    var properties: [Property] = []
    var children: [Int] = []
  }
  var contents: [Int: Content] = [:]
  /// The nodes of the wanted tree that the base lacks.
  var added: Set<Int> = []
  /// Where nodes of the wanted tree stand in the output.
  var places: [Int: Int] = [:]
  var fixups: [(label: String, places: [Fixup])] = []
  /// What becomes of the references that the overlay contains.
  var emitted: [(reference: TreeReference, node: Int, target: Int)] = []

  /// The places of the output where a phandle of the output stands.
  var local: [(node: Int, property: String, offset: Int)] = []

  init(base: Tree, wanted: Tree, references: [TreeReference]) {
    self.base = TreeArena(base)
    self.wanted = TreeArena(wanted)
    self.references = references
    baseLabels = self.base.labels
    let differences = TreeComparison(
      first: self.base, second: self.wanted, references: references
    ).differences
    for difference in differences { take(difference) }
  }

  private mutating func take(_ difference: TreeDifference) {
    let symbols = "/" + OverlayNames.symbols
    if difference.node == symbols { return }
    switch difference.kind {
    case .nodeRemoved, .propertyRemoved, .headerChanged:
      unremovable.append(difference)
    case .nodeAdded:
      guard let node = wanted.node(at: difference.node) else { return }
      contents[wanted.entries[node].parent, default: Content()].children.append(node)
      var waiting = [node]
      while let node = waiting.popLast() {
        added.insert(node)
        waiting.append(contentsOf: wanted.entries[node].children)
      }
    case .propertyAdded, .propertyChanged:
      guard let node = wanted.node(at: difference.node), let name = difference.property,
        let value = wanted.value(name, of: node)
      else { return }
      contents[node, default: Content()].properties.append(Property(name, value))
    }
  }

  mutating func build(symbols: [(label: String, path: String)]) {
    gatherReferences()
    layFragments()
    let own = symbols.compactMap { symbol in
      wanted.node(at: symbol.path).flatMap { added.contains($0) ? (symbol.label, $0) : nil }
    }
    numberNodes(labelled: own.map(\.1))
    writeReferences()
    writeBookkeeping(symbols: own)
  }

  /// Finds the references that the overlay contains, and gives a fragment to each node of the base
  /// that needs a phandle for one.
  private mutating func gatherReferences() {
    for reference in references where reference.kind == .phandle {
      guard let node = wanted.node(at: reference.node),
        let target = wanted.node(at: reference.target), isEmitted(reference.property, of: node)
      else { continue }
      emitted.append((reference, node, target))
      if !added.contains(target), baseName(of: target) == nil {
        contents[target, default: Content()].properties += []
      }
    }
  }

  private func isEmitted(_ property: String, of node: Int) -> Bool {
    added.contains(node)
      || contents[node].map { $0.properties.contains { $0.name == property } } ?? false
  }

  /// How the overlay can name a node of the base.
  enum BaseName {
    case label(String)
    case phandle(UInt32)
  }

  func baseName(of node: Int) -> BaseName? {
    guard let node = base.node(at: wanted.path(of: node)) else { return nil }
    if let label = baseLabels[node] { return .label(label) }
    return base.phandle(of: node).map(BaseName.phandle)
  }

  private mutating func layFragments() {
    for target in wanted.documentOrder {
      guard let content = contents[target] else { continue }
      let path = wanted.path(of: target)
      let fragment = output.addChild("fragment@\(fragments.count)", to: 0)
      if case .label(let label)? = baseName(of: target) {
        output.set(Property(OverlayNames.target, .u32(.max)), of: fragment)
        fill(OverlayNames.target, at: 0, of: fragment, from: label)
        fragments.append(.init(target: path, label: label))
      } else {
        output.set(Property(OverlayNames.targetPath, .string(path)), of: fragment)
        fragments.append(.init(target: path, label: nil))
      }
      let overlay = output.addChild(OverlayNames.content, to: fragment)
      places[target] = overlay
      for property in content.properties { output.set(property, of: overlay) }
      for child in content.children { copy(child, to: overlay) }
    }
  }

  /// Copies a node that the base lacks, without its phandle, which the base can't know either.
  private mutating func copy(_ node: Int, to parent: Int) {
    var waiting = [(node: node, parent: parent)]
    while let (node, parent) = waiting.popLast() {
      let entry = wanted.entries[node]
      let place = output.addChild(entry.name, to: parent)
      places[node] = place
      for slot in entry.slots where !TreeComparison.isPhandle(slot.property.name) {
        output.set(slot.property, of: place)
      }
      waiting.append(contentsOf: entry.children.reversed().map { ($0, place) })
    }
  }

  /// Gives phandles, from 1 in the order of the overlay, to nodes that are referred to or labelled,
  /// and to those that had one.
  private mutating func numberNodes(labelled: [Int]) {
    var numbered = Set(labelled)
    for entry in emitted where places[entry.target] != nil {
      if added.contains(entry.target) || baseName(of: entry.target) == nil {
        numbered.insert(entry.target)
      }
    }
    for node in added where wanted.phandle(of: node) != nil { numbered.insert(node) }
    var nodes: [Int: Int] = [:]
    for node in numbered { if let place = places[node] { nodes[place] = node } }
    var next: UInt32 = 1
    for place in output.documentOrder where nodes[place] != nil {
      output.set(Property("phandle", .u32(next)), of: place)
      next += 1
    }
  }
}
