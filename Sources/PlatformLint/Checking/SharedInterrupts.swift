import DeviceTree
import GuestView

/// Shared interrupts of a GIC that more than one enabled node has.
enum SharedInterrupts {
  /// One node's use of an interrupt.
  struct Use {
    var property: FlattenedTree.Property
    var index: Int
    var cells: Range<Int>
    var controller: Int
    var gic: GICInterrupt

    var spot: Spot { .element(property, index, cells: cells) }
  }

  /// For every interrupt, its first user in the order of the tree with each of the others.
  static func all(in view: GuestView) -> [(first: Use, second: Use)] {
    var uses: [Use] = []
    for node in view.tree.nodes where view.isEnabled(node) {
      for interrupt in view.interrupts(of: node) {
        guard let gic = interrupt.gic, gic.kind == .spi || gic.kind == .extendedSPI else {
          continue
        }
        uses.append(
          Use(
            property: interrupt.property, index: interrupt.index, cells: interrupt.cells,
            controller: interrupt.controller.index, gic: gic))
      }
    }
    uses.sort { key($0) < key($1) }
    var pairs: [(first: Use, second: Use)] = []
    var first = 0
    for index in uses.indices {
      let same =
        uses[index].controller == uses[first].controller
        && uses[index].gic.interruptID == uses[first].gic.interruptID
      if !same {
        first = index
      } else if !isWithin(uses[index].property.node, uses[first].property.node) {
        pairs.append((uses[first], uses[index]))
      }
    }
    return pairs
  }

  /// Whether the two are one node, or one stands in the other and describes a part of it.
  private static func isWithin(_ node: FlattenedTree.Node, _ other: FlattenedTree.Node) -> Bool {
    let (outer, inner) = node.index <= other.index ? (node, other) : (other, node)
    return inner.index <= outer.index + outer.descendants.count
  }

  private static func key(_ use: Use) -> (Int, UInt64, Int, Int) {
    (use.controller, use.gic.interruptID, use.property.index, use.index)
  }
}
