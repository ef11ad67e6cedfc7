/// Builds a ``TreeMerge``, step by step.
struct MergeDraft {
  let base: TreeArena
  let ours: TreeArena
  var merged: TreeArena
  var matches: [NodeMatch] = []
  var added: [String] = []
  var replaced: [ReplacedProperty] = []
  var omitted: [OmittedProperty] = []
  var conflicts: [MergeConflict] = []
  var references: [TreeReference] = []

  /// The node of the base, and of the merged tree, that each node of the description is.
  var counterparts: [Int: Int] = [:]
  /// A property of the merged tree.
  struct Place: Hashable {
    var node: Int
    var slot: Int
  }
  /// The properties that both have, and whose value is the description's.
  var overridden: [Place] = []

  init(_ description: Tree, onto base: Tree) {
    ours = TreeArena(description)
    self.base = TreeArena(base)
    merged = self.base
  }

  /// The path in the merged tree of each node of the description.
  var paths: [String: String] {
    var paths: [String: String] = [:]
    for (node, place) in counterparts { paths[ours.path(of: node)] = merged.path(of: place) }
    return paths
  }

  mutating func conflict(_ kind: MergeConflict.Kind, at node: Int) {
    conflicts.append(MergeConflict(node: ours.path(of: node), kind: kind))
  }
}
