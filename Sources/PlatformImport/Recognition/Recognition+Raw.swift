import DeviceTree
import PlatformDescription

extension Recognition {
  /// A node spelled out, with everything in it.
  func rawNode(_ node: FlattenedTree.Node) -> PlatformDescription.Node {
    noteRaw(node.index)
    if isSketch { return sketch(of: node) }
    var result = named(node)
    result.declaration = bareDeclaration(of: node)
    let isPlain = finishings[node.index]?.isPlain == true
    let sugar = isPlain ? Sugar() : Sugar(of: node, interrupts: interrupts(of: node))
    result.size = sugar.size
    result.interrupt = sugar.interrupt
    for property in node.properties {
      if property.isNamed("phandle") {
        if statesPhandle(node) { result.content.append(.property(number(property))) }
        continue
      }
      if sugar.size != nil, property.isNamed("reg") { continue }
      if sugar.interrupt != nil, property.isNamed("interrupts") { continue }
      if let raw = rawProperty(property) { result.content.append(.property(raw)) }
    }
    for child in node.children { result.content.append(.node(rawNode(child))) }
    return result
  }

  /// A raw node without anything in it, under a name that is its own.
  private func sketch(of node: FlattenedTree.Node) -> PlatformDescription.Node {
    noteReferences(below: node)
    // A child of the root may meet one that the lowering makes of its own accord.
    var result =
      node.parent?.index == 0 ? named(node) : PlatformDescription.Node("\(node.index)")
    result.declaration = bareDeclaration(of: node)
    for descendant in node.descendants {
      noteRaw(descendant.index)
      // What nouns refer to has to be there.
      guard isKnownLabel(descendant.index) else { continue }
      var child = PlatformDescription.Node("\(descendant.index)")
      child.declaration = bareDeclaration(of: descendant)
      result.content.append(.node(child))
    }
    return result
  }

  /// Whether the phandle of a raw node is stated: where something may know it by its number, where it
  /// is none that the lowering would give, and where nothing refers to it.
  private func statesPhandle(_ node: FlattenedTree.Node) -> Bool {
    !survey.isReferable[node.index] || survey.isPinned(node.index)
      || !survey.isTarget[node.index] || finishings[node.index]?.statesPhandle == true
  }

  private func named(_ node: FlattenedTree.Node) -> PlatformDescription.Node {
    let name = node.name
    guard let at = name.firstIndex(of: "@") else { return PlatformDescription.Node(name) }
    let unitAddress = String(name[name.index(after: at)...])
    let base = String(name[..<at])
    if let address = Self.plainAddress(unitAddress) {
      return PlatformDescription.Node(base, at: GuestAddress(address))
    }
    return PlatformDescription.Node(base, unitAddress: unitAddress)
  }

  /// The number that a unit address is, where it is spelled as the lowering spells numbers.
  static func plainAddress(_ text: String) -> UInt64? {
    guard let number = UInt64(text, radix: 16), String(number, radix: 16) == text else {
      return nil
    }
    return number
  }

  /// The property as the language spells it; nil for one that is not imported.
  func rawProperty(_ property: FlattenedTree.Property) -> PlatformDescription.Property? {
    guard survey.keeps(property) else { return nil }
    let reading = survey.readings[property.index]
    let references = reading.references
    var result = PlatformDescription.Property(property.name)
    result.location = location(of: property)
    switch reading.form {
    case .empty: break
    case .strings: result.value = property.strings.map { .strings($0) } ?? bytes(of: property)
    case .bytes: result.value = bytes(of: property)
    case .cells, .counts:
      var cells: [Cell] = []
      cells.reserveCapacity(property.cellCount)
      var next = references.startIndex
      for position in 0..<property.cellCount {
        if next < references.endIndex, references[next] == position,
          let target = survey.target(of: property, cell: position)
        {
          cells.append(.phandle(reference(to: target)))
          next += 1
        } else {
          cells.append(.number(property.cell(position) ?? 0))
        }
      }
      result.value = .cells(cells)
    }
    return result
  }

  /// A phandle that is stated, whatever its bytes are.
  func number(_ property: FlattenedTree.Property) -> PlatformDescription.Property {
    var result = PlatformDescription.Property(property.name)
    result.location = location(of: property)
    result.value = property.u32.map { .cells([.number($0)]) } ?? bytes(of: property)
    return result
  }

  private func bytes(of property: FlattenedTree.Property) -> PlatformDescription.Property.Value {
    .bytes(Array(property.bytes))
  }

  /// The node, and the property within it, as a line and a column.
  func location(of property: FlattenedTree.Property) -> SourceLocation {
    SourceLocation(file: "", line: property.node.index + 1, column: property.index + 2)
  }
}

/// What a raw node says by its labels in place of properties.
private struct Sugar {
  /// The size in `reg`, whose address is the unit address.
  var size: ByteCount?
  /// The one interrupt.
  var interrupt: Interrupt?

  init() {}

  init(of node: FlattenedTree.Node, interrupts: [Interrupt]?) {
    // A node with a unit address that is no plain number has labels for nothing else.
    let address = node.unitAddress.map { Recognition.plainAddress($0) }
    if case .some(nil) = address { return }
    if let interrupts, interrupts.count == 1 { interrupt = interrupts[0] }
    // The language writes two cells of each, which has to be what the parent says.
    guard let parent = node.parent, parent.property("#address-cells")?.u32 == 2,
      parent.property("#size-cells")?.u32 == 2, let reg = node.property("reg"), reg.count == 16,
      let address, reg.number(at: 0, cells: 2) == address,
      let size = reg.number(at: 2, cells: 2)
    else { return }
    self.size = .bytes(size)
  }
}
