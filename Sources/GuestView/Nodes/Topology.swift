import DeviceTree

/// A tree with what is derived from structure alone: the ground that the rest of the view stands on.
struct Topology: Sendable {
  let tree: FlattenedTree
  let phandles: PhandleTable
  let states: [NodeState]
  let busWindows: [BusWindows?]

  init(
    tree: FlattenedTree, phandles: PhandleTable, states: [NodeState], busWindows: [BusWindows?]
  ) {
    self.tree = tree
    self.phandles = phandles
    self.states = states
    self.busWindows = busWindows
  }

  init(_ tree: FlattenedTree) {
    let phandles = PhandleTable(tree)
    var states = NodeState.all(of: tree, rootCells: MisreadRoot(tree)?.meant)
    InterruptParents.resolve(tree, phandles, into: &states)
    self.tree = tree
    self.phandles = phandles
    self.states = states
    self.busWindows = tree.nodes.map { node in
      guard let parent = node.parent, let ranges = node.property("ranges"), ranges.count > 0
      else { return nil }
      return BusWindows(
        ranges, child: states[node.index].cells,
        parentAddressCells: states[parent.index].cells.address)
    }
  }

  subscript(node: FlattenedTree.Node) -> NodeState { states[node.index] }

  func interruptParent(of node: FlattenedTree.Node) -> FlattenedTree.Node? {
    let parent = Int(states[node.index].interruptParent)
    return parent < 0 ? nil : tree.nodes[parent]
  }
}

extension Topology {
  /// The entries of `reg`, translated; none where the cells make no entry.
  func registers(of node: FlattenedTree.Node) -> [RegisterEntry] {
    guard let property = node.property("reg"), let bus = node.parent else { return [] }
    let cells = states[bus.index].cells
    guard (1...4).contains(cells.address), (0...4).contains(cells.size) else { return [] }
    return (0..<(property.cellCount / cells.entry)).map { index in
      let first = index * cells.entry
      let address = property.number(at: first, cells: cells.address)
      let size = property.number(at: first + cells.address, cells: cells.size)
      return RegisterEntry(
        property: property, index: index, cells: first..<(first + cells.entry),
        sizeCells: (first + cells.address)..<(first + cells.entry), address: address, size: size,
        translation: translate(address, size: size, on: bus))
    }
  }

  func translate(
    _ address: UInt64?, size: UInt64?, on bus: FlattenedTree.Node
  ) -> Result<AddressRange, TranslationFailure> {
    guard !states[bus.index].isPCI else { return .failure(.pciAddress) }
    guard var address, let size else { return .failure(.tooLarge) }
    guard size > 0 else { return .failure(.empty) }
    guard states[bus.index].cells.isTranslatable else { return .failure(.unusableCells(bus)) }
    var bus = bus
    while let above = bus.parent {
      guard let ranges = bus.property("ranges") else { return .failure(.withoutRanges(bus)) }
      guard states[above.index].cells.isTranslatable else { return .failure(.unusableCells(above)) }
      if ranges.count > 0 {
        guard let next = busWindows[bus.index]?.translate(address, size: size) else {
          return .failure(.outsideRanges(bus))
        }
        address = next
      }
      bus = above
    }
    guard let range = AddressRange(at: address, size: size) else { return .failure(.tooLarge) }
    return .success(range)
  }

  /// The interrupts of `node`; a specifier that can't be resolved ends the list.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_parse_one`: `interrupts-extended` is preferred.
  func interrupts(of node: FlattenedTree.Node) -> [InterruptSpecifier] {
    if let extended = node.property("interrupts-extended") { return specifiers(extended: extended) }
    guard let property = node.property("interrupts"), let controller = interruptParent(of: node)
    else { return [] }
    let count = Int(self[controller].interruptCells)
    guard count > 0 else { return [] }
    let isGIC = self[controller].isGIC
    return (0..<(property.cellCount / count)).map { index in
      let first = index * count
      return InterruptSpecifier(
        property: property, index: index, cells: first..<(first + count), controller: controller,
        gic: isGIC ? GICInterrupt(property, at: first, count: count) : nil)
    }
  }

  private func specifiers(extended property: FlattenedTree.Property) -> [InterruptSpecifier] {
    var result: [InterruptSpecifier] = []
    var cell = 0
    while let phandle = property.cell(cell), let controller = phandles.node(for: phandle),
      self[controller].interruptCells > 0,
      cell + 1 + Int(self[controller].interruptCells) <= property.cellCount
    {
      let count = Int(self[controller].interruptCells)
      let isGIC = self[controller].isGIC
      result.append(
        InterruptSpecifier(
          property: property, index: result.count, cells: (cell + 1)..<(cell + 1 + count),
          controller: controller,
          gic: isGIC ? GICInterrupt(property, at: cell + 1, count: count) : nil))
      cell += 1 + count
    }
    return result
  }
}
