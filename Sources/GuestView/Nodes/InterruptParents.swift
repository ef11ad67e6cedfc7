import DeviceTree

/// Finds where the interrupts of each node go.
///
/// **Source:** Linux `drivers/of/irq.c`, `of_irq_find_parent`: the nearest `interrupt-parent` among
/// the node and its ancestors counts, and so does an ancestor that is itself a controller; a
/// candidate without `#interrupt-cells` passes the question on.
enum InterruptParents {
  /// How many candidates are asked: a cycle of `interrupt-parent` has no end of its own.
  private static let longestChain = 64

  static func resolve(
    _ tree: FlattenedTree, _ phandles: PhandleTable, into states: inout [NodeState]
  ) {
    let takesInterrupts = tree.nodes.map { $0.has("#interrupt-cells") }
    let named = tree.nodes.map { node in
      node.property("interrupt-parent").map { property -> FlattenedTree.Node? in
        property.cell(0).flatMap(phandles.node(for:))
      }
    }
    for node in tree.nodes {
      // Ancestors come first in document order, so what they resolved to is already known.
      if named[node.index] == nil, let parent = node.parent {
        states[node.index].interruptParent =
          takesInterrupts[parent.index]
          ? Int32(parent.index) : states[parent.index].interruptParent
        continue
      }
      var child = node
      for _ in 0..<longestChain {
        guard let candidate = named[child.index] ?? child.parent else { break }
        if takesInterrupts[candidate.index] {
          states[node.index].interruptParent = Int32(candidate.index)
          break
        }
        child = candidate
      }
    }
  }
}
