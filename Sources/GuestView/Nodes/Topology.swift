import DeviceTree

/// A tree with what is derived from structure alone: the ground that the rest of the view stands on.
struct Topology: Sendable {
  let tree: FlattenedTree
  let properties: PropertyIndex
  let compatibles: CompatibleIndex
  let phandles: PhandleTable
  let states: [NodeState]
  /// The windows of `ranges`, for the buses that have any.
  private let windows: [BusWindows]
  /// The position in `windows` of those of each node; -1 where its `ranges` is empty, -2 where it has
  /// none.
  private let windowsOfNode: [Int32]

  private static let emptyRanges: Int32 = -1
  private static let withoutRanges: Int32 = -2

  init(_ tree: FlattenedTree) {
    let properties = PropertyIndex(tree)
    let compatibles = CompatibleIndex(properties.properties(named: "compatible"))
    let phandles = PhandleTable(tree, properties)
    var states = NodeState.all(
      of: tree, properties, compatibles, rootCells: MisreadRoot(tree)?.meant)
    InterruptParents.resolve(tree, properties, phandles, into: &states)
    var windows: [BusWindows] = []
    var windowsOfNode = [Int32](repeating: Self.withoutRanges, count: states.count)
    for ranges in properties.properties(named: "ranges") {
      let node = tree.node(ofPropertyAt: ranges.index)
      guard ranges.count > 0, let parent = tree.parent(ofNodeAt: node) else {
        windowsOfNode[node] = Self.emptyRanges
        continue
      }
      windowsOfNode[node] = Int32(windows.count)
      windows.append(
        BusWindows(
          ranges, child: states[node].cells, parentAddressCells: states[parent].cells.address))
    }
    self.tree = tree
    self.properties = properties
    self.compatibles = compatibles
    self.phandles = phandles
    self.states = states
    self.windows = windows
    self.windowsOfNode = windowsOfNode
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

  /// The cells of each entry of a `reg` that has a place in the guest's memory, and that place.
  func visitRegisters(
    _ property: FlattenedTree.Property, _ body: (Range<Int>, AddressRange) -> Void
  ) {
    guard let bus = tree.parent(ofNodeAt: tree.node(ofPropertyAt: property.index)) else { return }
    let cells = states[bus].cells
    guard cells.isTranslatable, !states[bus].isPCI else { return }
    // With a part of an entry at its end the value was written for other cells, and says nothing.
    guard property.count % (4 * cells.entry) == 0 else { return }
    var first = 0
    while first + cells.entry <= property.cellCount {
      let address = property.number(at: first, cells: cells.address)
      let size = property.number(at: first + cells.address, cells: cells.size)
      if case .success(let range) = translate(address, size: size, on: bus) {
        body(first..<(first + cells.entry), range)
      }
      first += cells.entry
    }
  }

  func translate(
    _ address: UInt64?, size: UInt64?, on bus: FlattenedTree.Node
  ) -> Result<AddressRange, TranslationFailure> {
    translate(address, size: size, on: bus.index).mapError { failure in
      switch failure {
      case .pciAddress: .pciAddress
      case .tooLarge: .tooLarge
      case .empty: .empty
      case .unusableCells(let node): .unusableCells(tree.nodes[node])
      case .withoutRanges(let node): .withoutRanges(tree.nodes[node])
      case .outsideRanges(let node): .outsideRanges(tree.nodes[node])
      }
    }
  }

  /// The same for the node at a position, with positions in what is wrong.
  private func translate(
    _ address: UInt64?, size: UInt64?, on bus: Int
  ) -> Result<AddressRange, PositionedFailure> {
    guard !states[bus].isPCI else { return .failure(.pciAddress) }
    guard var address, let size else { return .failure(.tooLarge) }
    guard size > 0 else { return .failure(.empty) }
    guard states[bus].cells.isTranslatable else { return .failure(.unusableCells(bus)) }
    var bus = bus
    while let above = tree.parent(ofNodeAt: bus) {
      let own = windowsOfNode[bus]
      guard own != Self.withoutRanges else { return .failure(.withoutRanges(bus)) }
      guard states[above].cells.isTranslatable else { return .failure(.unusableCells(above)) }
      if own >= 0 {
        guard let next = windows[Int(own)].translate(address, size: size) else {
          return .failure(.outsideRanges(bus))
        }
        address = next
      }
      bus = above
    }
    guard let range = AddressRange(at: address, size: size) else { return .failure(.tooLarge) }
    return .success(range)
  }

  private enum PositionedFailure: Error {
    case withoutRanges(Int)
    case outsideRanges(Int)
    case unusableCells(Int)
    case pciAddress
    case tooLarge
    case empty
  }

  /// The interrupts of `node`; a specifier that can't be resolved ends the list.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_parse_one`: `interrupts-extended` is preferred.
  func interrupts(of node: FlattenedTree.Node) -> [InterruptSpecifier] {
    let extended = node.property("interrupts-extended")
    guard let property = extended ?? node.property("interrupts") else { return [] }
    var result: [InterruptSpecifier] = []
    visitInterrupts(property, isExtended: extended != nil) { index, cells, controller in
      result.append(
        InterruptSpecifier(
          property: property, index: index, cells: cells, controller: tree.nodes[controller],
          gic: states[controller].isGIC
            ? GICInterrupt(property, at: cells.lowerBound, count: cells.count) : nil))
    }
    return result
  }

  /// The number of each interrupt that a property lists, its cells, and the position of its
  /// controller.
  func visitInterrupts(
    _ property: FlattenedTree.Property, isExtended: Bool, _ body: (Int, Range<Int>, Int) -> Void
  ) {
    var index = 0
    var cell = 0
    guard !isExtended else {
      while let phandle = property.cell(cell), let controller = phandles.position(for: phandle) {
        let count = Int(states[controller].interruptCells)
        guard count > 0, cell + 1 + count <= property.cellCount else { return }
        body(index, (cell + 1)..<(cell + 1 + count), controller)
        index += 1
        cell += 1 + count
      }
      return
    }
    let controller = Int(states[tree.node(ofPropertyAt: property.index)].interruptParent)
    guard controller >= 0 else { return }
    let count = Int(states[controller].interruptCells)
    guard count > 0 else { return }
    while cell + count <= property.cellCount {
      body(index, cell..<(cell + count), controller)
      index += 1
      cell += count
    }
  }
}
