public import DeviceTree

/// The `interrupt-map` of a nexus: which interrupt of which controller one of its children's becomes.
///
/// **Source:** Linux `drivers/of/irq.c`, `of_irq_parse_raw`, `of_irq_parse_imap_parent`.
public struct InterruptMap: Sendable {
  /// One row: the child's address and specifier, the parent's phandle, address and specifier.
  public struct Row: Sendable {
    /// Its position, in rows from 0.
    public let index: Int
    /// The cells that it takes.
    public let cells: Range<Int>
    /// The position of the parent's phandle.
    public let parentCell: Int
    /// The parent.
    public let parent: FlattenedTree.Node
    /// The cells of the parent's specifier.
    public let specifier: Range<Int>
    /// What the specifier means to a GIC; nil for other controllers.
    public let gic: GICInterrupt?
  }

  /// Why the rows from some place on can't be read.
  public enum Failure: Sendable {
    /// The phandle at this cell names no node.
    case danglingParent(cell: Int)
    /// The parent that is named at this cell doesn't say how long its specifiers are.
    case parentWithoutCells(cell: Int, FlattenedTree.Node)
    /// The row that starts at this cell needs so many cells, and there are less.
    case truncated(cell: Int, needed: Int)
  }

  /// The property.
  public let property: FlattenedTree.Property
  /// `interrupt-map-mask`; nil where there is none, and then every bit counts.
  public let mask: FlattenedTree.Property?
  /// How many cells the child's address and specifier take together.
  public let keyCells: Int
  /// The rows up to the first that can't be read.
  public let rows: [Row]
  /// What is wrong with the first row that can't be read; nil where all can.
  public let failure: Failure?

  /// Nil where `node` has no `interrupt-map`, or where no guest could read it because of the cells
  /// of `node` itself.
  init?(_ node: FlattenedTree.Node, _ topology: Topology) {
    guard let property = node.property("interrupt-map") else { return nil }
    let interruptCells = Int(topology[node].interruptCells)
    let addressCells = topology[node].cells.address
    // MAX_PHANDLE_ARGS bounds what Linux reads.
    guard interruptCells > 0, (0...16).contains(addressCells) else { return nil }
    self.property = property
    mask = node.property("interrupt-map-mask")
    keyCells = addressCells + interruptCells
    var rows: [Row] = []
    var failure: Failure?
    var cell = 0
    while cell < property.cellCount, failure == nil {
      switch Self.row(rows.count, at: cell, keyCells: keyCells, property, topology) {
      case .success(let row):
        rows.append(row)
        cell = row.cells.upperBound
      case .failure(let stop): failure = stop.failure
      }
    }
    self.rows = rows
    self.failure = failure
  }

  private struct Stop: Error { let failure: Failure }

  private static func row(
    _ index: Int, at first: Int, keyCells: Int, _ property: FlattenedTree.Property,
    _ topology: Topology
  ) -> Result<Row, Stop> {
    let parentCell = first + keyCells
    guard let phandle = property.cell(parentCell) else {
      return .failure(Stop(failure: .truncated(cell: first, needed: keyCells + 1)))
    }
    guard let parent = topology.phandles.node(for: phandle) else {
      return .failure(Stop(failure: .danglingParent(cell: parentCell)))
    }
    let interruptCells = Int(topology[parent].interruptCells)
    // Here Linux looks at the parent alone: no inheritance, and no default of 2.
    let addressCells = Int(parent.property("#address-cells")?.cell(0) ?? 0)
    guard interruptCells > 0, addressCells <= 16 else {
      return .failure(Stop(failure: .parentWithoutCells(cell: parentCell, parent)))
    }
    let specifier = parentCell + 1 + addressCells
    let end = specifier + interruptCells
    guard end <= property.cellCount else {
      return .failure(Stop(failure: .truncated(cell: first, needed: end - first)))
    }
    let gic =
      topology[parent].isGIC
      ? GICInterrupt(property, at: specifier, count: interruptCells) : nil
    return .success(
      Row(
        index: index, cells: first..<end, parentCell: parentCell, parent: parent,
        specifier: specifier..<end, gic: gic))
  }
}

extension InterruptMap {
  /// The rows that are never used because an earlier one has the same child, with that one, by child.
  public var shadowed: [(row: Row, by: Row)] {
    let keys = rows.flatMap(key(of:))
    func key(_ row: Int) -> ArraySlice<UInt32> { keys[(row * keyCells)..<((row + 1) * keyCells)] }
    let order = rows.indices.sorted { left, right in
      let (leftKey, rightKey) = (key(left), key(right))
      if leftKey.elementsEqual(rightKey) { return left < right }
      return leftKey.lexicographicallyPrecedes(rightKey)
    }
    var first = order.first ?? 0
    var result: [(row: Row, by: Row)] = []
    for row in order.dropFirst() {
      if key(row).elementsEqual(key(first)) {
        result.append((rows[row], rows[first]))
      } else {
        first = row
      }
    }
    return result
  }

  /// The row for a child's address and specifier, ``keyCells`` cells together; looks through all rows.
  public func row(for child: [UInt32]) -> Row? {
    guard child.count == keyCells else { return nil }
    let wanted = child.enumerated().map { $0.element & maskCell($0.offset) }
    return rows.first { key(of: $0) == wanted }
  }

  private func maskCell(_ index: Int) -> UInt32 { mask.map { $0.cell(index) ?? .max } ?? .max }

  private func key(of row: Row) -> [UInt32] {
    (0..<keyCells).map { index in
      (property.cell(row.cells.lowerBound + index) ?? 0) & maskCell(index)
    }
  }
}
