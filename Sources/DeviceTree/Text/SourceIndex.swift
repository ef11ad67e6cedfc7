/// What has to be known of the whole tree before a line is written: one pass over all properties.
///
/// A hostile tree can give a node a million properties and refer to it a million times, so nothing
/// is looked up twice.
struct SourceIndex {
  /// What the meaning of other properties depends on.
  struct NodeFacts {
    var addressCells: UInt32?
    var sizeCells: UInt32?
    var interruptCells: UInt32?
    var interruptParent: UInt32?
    var phandle: UInt32?
  }

  let tree: FlattenedTree
  private(set) var facts: [NodeFacts]
  /// The node of each phandle; -1 for a phandle of several nodes.
  private var nodeOfPhandle: [UInt32: Int] = [:]
  private var providerCells: [ProviderKey: UInt32?] = [:]
  private var paths: [Int: String] = [:]
  private var controllers: [Int: InterruptController?] = [:]

  private struct ProviderKey: Hashable {
    let node: Int
    let cells: String
  }

  init(_ tree: FlattenedTree) {
    self.tree = tree
    facts = Array(repeating: NodeFacts(), count: tree.nodeCount)
    for node in tree.nodes {
      var found = NodeFacts()
      for property in node.properties where property.count == 4 {
        if property.isNamed("phandle") {
          found.phandle = found.phandle ?? property.u32
        } else if property.isNamed("#address-cells") {
          found.addressCells = found.addressCells ?? property.u32
        } else if property.isNamed("#size-cells") {
          found.sizeCells = found.sizeCells ?? property.u32
        } else if property.isNamed("#interrupt-cells") {
          found.interruptCells = found.interruptCells ?? property.u32
        } else if property.isNamed("interrupt-parent") {
          found.interruptParent = found.interruptParent ?? property.u32
        }
      }
      facts[node.index] = found
      // dtc takes neither 0 nor all ones for a phandle, and refuses one that two nodes have.
      guard let phandle = found.phandle, phandle != 0, phandle != UInt32.max else { continue }
      nodeOfPhandle[phandle] = nodeOfPhandle[phandle] == nil ? node.index : -1
    }
  }

  /// The one node with this phandle.
  func node(phandle: UInt32) -> FlattenedTree.Node? {
    guard let index = nodeOfPhandle[phandle], index >= 0 else { return nil }
    return FlattenedTree.Node(tree: tree, index: index)
  }

  /// Whether `node` can be referred to by its phandle.
  func isReferable(_ node: FlattenedTree.Node) -> Bool {
    guard let phandle = facts[node.index].phandle else { return false }
    return nodeOfPhandle[phandle] == node.index
  }

  /// The path of `node`, or its end where it is too long for a comment.
  mutating func shortPath(_ node: FlattenedTree.Node) -> String {
    if let known = paths[node.index] { return known }
    let path = node.path
    let longest = 160
    let short = path.utf8.count <= longest ? path : "..." + path.suffix(longest - 3)
    paths[node.index] = short
    return short
  }

  /// The value of `#address-cells`; the default of 2 is not inherited.
  ///
  /// **Source:** Devicetree Specification 0.4, section 2.3.5.
  func addressCells(_ node: FlattenedTree.Node) -> UInt32 { facts[node.index].addressCells ?? 2 }

  /// The value of `#size-cells`; the default is 1.
  func sizeCells(_ node: FlattenedTree.Node) -> UInt32 { facts[node.index].sizeCells ?? 1 }

  /// The value of the one-cell property `cells` of `node`.
  mutating func providerCells(_ cells: String, of node: FlattenedTree.Node) -> UInt32? {
    let key = ProviderKey(node: node.index, cells: cells)
    if let known = providerCells[key] { return known }
    let found = node.property(cells)?.u32
    providerCells[key] = .some(found)
    return found
  }

  /// The controller that the `interrupts` of `node` are about.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_find_parent`.
  mutating func interruptController(of node: FlattenedTree.Node) -> InterruptController? {
    var current = node
    // A chain is as long as the tree is deep, unless its phandles go in a circle.
    for _ in 0..<64 {
      let next =
        if let phandle = facts[current.index].interruptParent {
          self.node(phandle: phandle)
        } else {
          current.parent
        }
      guard let next else { return nil }
      if facts[next.index].interruptCells != nil { return interruptController(at: next) }
      current = next
    }
    return nil
  }

  /// `node` as an interrupt controller or nexus.
  mutating func interruptController(at node: FlattenedTree.Node) -> InterruptController? {
    if let known = controllers[node.index] { return known }
    let found = facts[node.index].interruptCells.map {
      InterruptController(cells: $0, isGIC: InterruptController.isGIC(node))
    }
    controllers[node.index] = .some(found)
    return found
  }
}
