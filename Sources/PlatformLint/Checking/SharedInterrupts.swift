import DeviceTree
import GuestView

/// Shared interrupts of a GIC, and sources of a PLIC or APLIC, that more than one enabled node has.
enum SharedInterrupts {
  /// One node's use of an interrupt.
  struct Use {
    let property: FlattenedTree.Property
    let index: Int
    let cells: Range<Int>
    /// `SPI 16 (INTID 48)`, `source 8`.
    let name: String
    /// The trigger, as ``GICInterrupt`` has it; 4 for a PLIC, whose specifiers have none.
    let trigger: UInt32

    var spot: Spot { .element(property, index, cells: cells) }
  }

  /// A use as numbers, to be sorted.
  private struct Draft {
    let controller: Int
    let line: UInt64
    let property: Int
    let index: Int
    let firstCell: Int

    static func comesFirst(_ left: Draft, _ right: Draft) -> Bool {
      if left.controller != right.controller { return left.controller < right.controller }
      if left.line != right.line { return left.line < right.line }
      return (left.property, left.index) < (right.property, right.index)
    }
  }

  /// For every interrupt, its first user in the order of the tree with each of the others.
  static func all(in view: GuestView) -> [(first: Use, second: Use)] {
    var drafts: [Draft] = []
    // Looked up by the controller's index, never walked.
    var sources: [Int: SourceController] = [:]
    for controller in SourceController.all(in: view) { sources[controller.node.index] = controller }
    view.visitEnabledInterrupts { property, index, cells, controller in
      guard let line = line(property, cells, view.isGIC(nodeAt: controller), sources[controller])
      else { return }
      drafts.append(
        Draft(
          controller: controller, line: line, property: property.index, index: index,
          firstCell: cells.lowerBound))
    }
    drafts.sort(by: Draft.comesFirst)
    var pairs: [(first: Use, second: Use)] = []
    var first = 0
    for index in drafts.indices {
      let (draft, other) = (drafts[index], drafts[first])
      if draft.controller != other.controller || draft.line != other.line {
        first = index
      } else if !isWithin(draft, other, view.tree), let use = use(other, view),
        let second = self.use(draft, view)
      {
        pairs.append((use, second))
      }
    }
    return pairs
  }

  /// What a specifier is known by to its controller; nil for what is no line of its own.
  private static func line(
    _ property: FlattenedTree.Property, _ cells: Range<Int>, _ isGIC: Bool,
    _ source: SourceController?
  ) -> UInt64? {
    if source != nil { return property.cell(cells.lowerBound).map(UInt64.init) }
    guard isGIC, let gic = GICInterrupt(property, at: cells.lowerBound, count: cells.count),
      gic.kind == .spi || gic.kind == .extendedSPI
    else { return nil }
    return gic.interruptID
  }

  private static func use(_ draft: Draft, _ view: GuestView) -> Use? {
    let property = view.tree.properties[draft.property]
    let count = view.interruptCells(of: view.tree.nodes[draft.controller])
    let cells = draft.firstCell..<(draft.firstCell + count)
    guard view.isGIC(nodeAt: draft.controller) else {
      let trigger = count > 1 ? property.cell(draft.firstCell + 1) ?? 4 : 4
      return Use(
        property: property, index: draft.index, cells: cells, name: "source \(draft.line)",
        trigger: trigger)
    }
    guard let gic = GICInterrupt(property, at: draft.firstCell, count: count) else { return nil }
    return Use(
      property: property, index: draft.index, cells: cells, name: gic.name, trigger: gic.trigger)
  }

  /// Whether the two are of one node, or one stands in the other's and describes a part of it.
  private static func isWithin(_ draft: Draft, _ other: Draft, _ tree: FlattenedTree) -> Bool {
    let nodes = [draft, other].map { tree.node(ofPropertyAt: $0.property) }
    return max(nodes[0], nodes[1]) < tree.subtreeEnd(ofNodeAt: min(nodes[0], nodes[1]))
  }
}
