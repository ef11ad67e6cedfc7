import DeviceTree

/// What has to be known of a whole tree before any node of it is described: which properties hold
/// references, to which nodes, and which phandles something may know by their number.
struct Survey {
  let tree: FlattenedTree
  /// What each property consists of, by the index of the property.
  let readings: [ValueReading]
  /// Whether something that is known to be a reference names the node, by the index of the node.
  let isTarget: [Bool]
  /// Whether the node's phandle is a number that no other node has.
  let isReferable: [Bool]
  /// A property that may mean the node by the number of its phandle, by the index of the node.
  let mention: [Int: FlattenedTree.Property]
  private let nodeOfPhandle: [UInt32: Int]
  private let leavesOut: Set<Int>

  /// Surveys `tree`; without `keepsSeeds`, what a firmware draws anew at each start is left out.
  init(_ tree: FlattenedTree, keepsSeeds: Bool) {
    self.tree = tree
    var reader = ValueReader(tree)
    isReferable = tree.nodes.map { reader.isReferable($0) }
    var nodeOfPhandle: [UInt32: Int] = [:]
    for node in tree.nodes where isReferable[node.index] {
      if let phandle = node.property("phandle")?.u32 { nodeOfPhandle[phandle] = node.index }
    }
    self.nodeOfPhandle = nodeOfPhandle
    var leavesOut = Set<Int>()
    if !keepsSeeds {
      for chosen in Self.chosen.compactMap({ tree.root.child($0) }) {
        for name in Self.seeds {
          if let seed = chosen.property(name) { leavesOut.insert(seed.index) }
        }
      }
    }
    self.leavesOut = leavesOut
    var readings: [ValueReading] = []
    readings.reserveCapacity(tree.propertyCount)
    var isTarget = [Bool](repeating: false, count: tree.nodeCount)
    var mention: [Int: FlattenedTree.Property] = [:]
    for node in tree.nodes {
      let holdsNames = Self.holdsNames(node)
      for property in node.properties {
        let reading =
          holdsNames ? Self.reading(ofName: property) : reader.reading(of: property)
        readings.append(reading)
        for cell in reading.references {
          if let target = property.cell(cell).flatMap({ nodeOfPhandle[$0] }) {
            isTarget[target] = true
          }
        }
        if reading.isCertain { continue }
        for cell in 0..<property.cellCount {
          guard let target = property.cell(cell).flatMap({ nodeOfPhandle[$0] }),
            mention[target] == nil
          else { continue }
          mention[target] = property
        }
      }
    }
    self.readings = readings
    self.isTarget = isTarget
    self.mention = mention
  }

  /// Where a firmware speaks to a kernel: the guest's, and that of the secure world.
  ///
  /// **Source:** QEMU 7.2 `hw/arm/virt.c`, `create_fdt`.
  private static let chosen = ["chosen", "secure-chosen"]

  /// What a firmware draws anew there at each start.
  ///
  /// **Source:** kernel binding (dt-schema) `chosen.yaml`.
  static let seeds = ["kaslr-seed", "rng-seed"]

  /// Whether `property` is part of what is imported.
  func keeps(_ property: FlattenedTree.Property) -> Bool { !leavesOut.contains(property.index) }

  /// The paths of the properties that are left out.
  var omitted: [String] {
    leavesOut.sorted().map { tree.properties[$0].node.path + "/" + tree.properties[$0].name }
  }

  /// The node that a reference at cell `cell` of `property` names.
  func target(of property: FlattenedTree.Property, cell: Int) -> Int? {
    property.cell(cell).flatMap { nodeOfPhandle[$0] }
  }

  /// The node whose phandle is `phandle`.
  func node(phandle: UInt32) -> Int? { nodeOfPhandle[phandle] }

  /// Adds the nodes that properties of `node` name.
  func collectTargets(of node: FlattenedTree.Node, into targets: inout Set<Int>) {
    for property in node.properties {
      for cell in readings[property.index].references {
        if let target = target(of: property, cell: cell) { targets.insert(target) }
      }
    }
  }

  /// Whether the number of the node's phandle has to stay what it is.
  func isPinned(_ node: Int) -> Bool { mention[node] != nil }

  /// Whether the properties of `node` are named by the author of the tree, and hold paths.
  private static func holdsNames(_ node: FlattenedTree.Node) -> Bool {
    node.parent?.index == 0 && (node.isNamed("aliases") || node.isNamed("__symbols__"))
  }

  private static func reading(ofName property: FlattenedTree.Property) -> ValueReading {
    if property.count == 0 { return ValueReading(.empty) }
    if property.isNamed("phandle") { return ValueReading(.cells) }
    return ValueReading(property.strings == nil ? .bytes : .strings)
  }
}
