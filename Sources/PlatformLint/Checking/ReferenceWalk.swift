import DeviceTree
import GuestView

/// A list of references, each a phandle and as many cells as the node that it names asks for.
struct ReferenceWalk {
  /// What ends the walk before the end of the list.
  enum Fault {
    /// The phandle at this cell belongs to no node.
    case dangling(cell: Int)
    /// The node does not say how many cells a reference to it takes.
    case notProvider(cell: Int, FlattenedTree.Node)
    /// The list ends before the reference does.
    case cutShort(cell: Int, FlattenedTree.Node, needed: Int)
    /// The value is no whole number of cells.
    case untidy
  }

  /// The number of whole references.
  let count: Int
  /// What is wrong with the list; nil where nothing is.
  let fault: Fault?

  /// Walks the property at `position`, whose targets say in one of `cells` how many cells follow their
  /// phandle; nil for `cells` where none do.
  ///
  /// A phandle of 0 leaves a reference out where `hasHoles`. All ones stands for one that is filled in
  /// when `isOverlay`, and for one that has been deleted elsewhere.
  ///
  /// No initialiser, because that would own what it is given, and count it for each property.
  static func along(
    _ position: Int, of tree: FlattenedTree, cells: PropertyIndex.Matches?, isOptional: Bool,
    hasHoles: Bool, isOverlay: Bool, _ phandles: PhandleTable
  ) -> ReferenceWalk {
    var count = 0
    var cell = 0
    var fault: Fault?
    let size = tree.valueByteRange(ofPropertyAt: position).count
    let cellCount = size / 4
    while fault == nil, let phandle = tree.cell(cell, ofPropertyAt: position) {
      var arguments = 0
      if phandle == 0 ? !hasHoles && !isOverlay : phandle != .max || !isOverlay {
        guard let target = phandles.position(for: phandle) else {
          fault = .dangling(cell: cell)
          break
        }
        if let cells {
          let provider = cells.position(ofNodeAt: target)
          if let provider, let stated = tree.cell(0, ofPropertyAt: provider) {
            arguments = Int(stated)
          } else if !isOptional {
            fault = .notProvider(cell: cell, tree.nodes[target])
            break
          }
        }
        if arguments > cellCount - cell - 1 {
          fault = .cutShort(cell: cell, tree.nodes[target], needed: arguments)
          break
        }
      }
      count += 1
      cell += 1 + arguments
    }
    if fault == nil, size % 4 != 0 { fault = .untidy }
    return ReferenceWalk(count: count, fault: fault)
  }
}
