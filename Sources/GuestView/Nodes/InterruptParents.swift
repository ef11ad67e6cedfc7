import DeviceTree

/// Finds where the interrupts of each node go.
///
/// **Source:** Linux `drivers/of/irq.c`, `of_irq_find_parent`: the nearest `interrupt-parent` among
/// the node and its ancestors counts, and so does an ancestor that is itself a controller; a
/// candidate without `#interrupt-cells` passes the question on.
enum InterruptParents {
  /// How many candidates are asked: a cycle of `interrupt-parent` has no end of its own.
  private static let longestChain = 64

  /// What stands for a node without `interrupt-parent`.
  private static let unnamed: Int32 = -2

  static func resolve(
    _ tree: FlattenedTree, _ index: PropertyIndex, _ phandles: PhandleTable,
    into states: inout [NodeState]
  ) {
    var takesInterrupts = [Bool](repeating: false, count: states.count)
    for property in index.properties(named: "#interrupt-cells") {
      takesInterrupts[tree.node(ofPropertyAt: property.index)] = true
    }
    // -1 for a phandle that names no node.
    var named = [Int32](repeating: unnamed, count: states.count)
    for property in index.properties(named: "interrupt-parent") {
      let target = property.cell(0).flatMap(phandles.position(for:)) ?? -1
      named[tree.node(ofPropertyAt: property.index)] = Int32(target)
    }
    for node in states.indices {
      // Ancestors come first in document order, so what they resolved to is already known.
      if named[node] == unnamed, let parent = tree.parent(ofNodeAt: node) {
        states[node].interruptParent =
          takesInterrupts[parent] ? Int32(parent) : states[parent].interruptParent
        continue
      }
      var child = node
      for _ in 0..<longestChain {
        let candidate =
          named[child] == unnamed ? tree.parent(ofNodeAt: child) ?? -1 : Int(named[child])
        guard candidate >= 0 else { break }
        if takesInterrupts[candidate] {
          states[node].interruptParent = Int32(candidate)
          break
        }
        child = candidate
      }
    }
  }
}
