/// Where the entries of one property are, found one after the other: a list of a million entries
/// needs no memory.
struct EntryLayout {
  /// One entry.
  struct Entry {
    /// Its cells, counted from the first cell of the value.
    let cells: Range<Int>
    /// The cell that holds a phandle.
    let reference: Int?
  }

  let property: FlattenedTree.Property
  let shape: EntryShape
  /// What the entries of `interrupts` are for.
  let controller: InterruptController?
  /// The cells of an entry, where all have the same number.
  private let stride: Int?

  /// The layout, or nil where the value is not made of whole entries.
  init?(
    _ property: FlattenedTree.Property, shape: EntryShape, index: inout SourceIndex
  ) {
    guard property.count > 0, property.count % 4 == 0 else { return nil }
    let node = property.node
    self.property = property
    self.shape = shape
    controller = shape == .interrupts ? index.interruptController(of: node) : nil
    switch shape {
    case .registers:
      guard let parent = node.parent else { return nil }
      stride = Int(index.addressCells(parent)) + Int(index.sizeCells(parent))
    case .ranges:
      guard let parent = node.parent else { return nil }
      stride =
        Int(index.addressCells(node)) + Int(index.addressCells(parent))
        + Int(index.sizeCells(node))
    case .interrupts:
      guard let controller else { return nil }
      stride = Int(controller.cells)
    case .reference: stride = 1
    case .identifierMap: stride = 4
    case .fixed(let arguments): stride = 1 + arguments
    case .interruptMap, .specifier: stride = nil
    }
    var cell = 0
    while cell < property.cellCount {
      guard let entry = entry(at: cell, index: &index) else { return nil }
      cell = entry.cells.upperBound
    }
  }

  /// The entry that starts at `cell`; it has at least one cell, and ends within the value.
  func entry(at cell: Int, index: inout SourceIndex) -> Entry? {
    let reference: Int?
    let count: Int
    switch shape {
    case .registers, .ranges, .interrupts: (reference, count) = (nil, stride ?? 0)
    case .reference: (reference, count) = (cell, 1)
    case .identifierMap: (reference, count) = (cell + 1, 4)
    case .fixed: (reference, count) = (cell, stride ?? 1)
    case .interruptMap:
      let node = property.node
      let before = Int(index.addressCells(node)) + Int(index.facts[node.index].interruptCells ?? 0)
      guard let target = target(of: cell + before, index: index),
        let controller = index.interruptController(at: target)
      else { return nil }
      reference = cell + before
      // A controller without #address-cells takes no address here.
      // Source: Linux drivers/of/irq.c, of_irq_parse_raw.
      let address = Int(index.facts[target.index].addressCells ?? 0)
      count = before + 1 + address + Int(controller.cells)
    case .specifier(let cells):
      reference = cell
      // A phandle of 0 is an entry left out.
      if property.cell(cell) == 0 {
        count = 1
      } else {
        guard let target = target(of: cell, index: index) else { return nil }
        let arguments = index.providerCells(cells, of: target)
        // `msi-parent` may name a controller without #msi-cells, which takes no arguments.
        guard let arguments = arguments ?? (cells == "#msi-cells" ? 0 : nil) else { return nil }
        count = 1 + Int(arguments)
      }
    }
    guard count > 0, count <= property.cellCount - cell else { return nil }
    return Entry(cells: cell..<(cell + count), reference: reference)
  }

  private func target(of cell: Int, index: SourceIndex) -> FlattenedTree.Node? {
    property.cell(cell).flatMap { index.node(phandle: $0) }
  }
}
