extension Tree {
  /// What `other` has otherwise than this tree: what was added and changed in the order of `other`,
  /// with what is gone at the node that it is gone from.
  ///
  /// The order of nodes and properties means nothing, and neither do the numbers of phandles: where
  /// `references` know that one lies, both trees are asked which node it names. The properties
  /// `phandle` and `linux,phandle` are not compared.
  ///
  /// - Parameters:
  ///   - other: The second tree.
  ///   - references: Where phandles lie, in either tree; paths are compared as text.
  /// - Returns: The differences; empty for trees that mean the same.
  public func difference(
    to other: Tree, references: [TreeReference] = []
  ) -> [TreeDifference] {
    var result = TreeComparison(
      first: TreeArena(self), second: TreeArena(other), references: references
    ).differences
    if !agreesOutsideNodes(with: other) {
      result.insert(TreeDifference(.headerChanged, node: "/"), at: 0)
    }
    return result
  }

  private func agreesOutsideNodes(with other: Tree) -> Bool {
    bootCPU == other.bootCPU
      && memoryReservations.elementsEqual(other.memoryReservations) {
        $0.address == $1.address && $0.size == $1.size
      }
  }
}
