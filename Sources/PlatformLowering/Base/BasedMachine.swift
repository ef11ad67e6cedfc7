public import DeviceTree
import PlatformDescription

/// A virtual machine merged onto the tree that its VMM dumped.
public struct BasedMachine: Sendable {
  /// The machine with its paths, references and labels as they are in the merged tree; nil where there
  /// are ``mistakes``.
  public private(set) var machine: LoweredMachine?
  /// How the trees came together.
  public private(set) var merge: TreeMerge
  /// Why they couldn't.
  public private(set) var mistakes: [Mistake]
  /// The nodes that the preset has and the base lacks, by their paths: the base may be another
  /// machine's.
  public private(set) var missing: [String]

  /// Merges `lowered` onto `base`.
  ///
  /// What only the preset says, and nobody wrote down, gives way to the base, which the VMM itself
  /// made; the size of RAM is written down.
  ///
  /// - Parameters:
  ///   - lowered: The machine.
  ///   - base: The base.
  ///   - preset: What its preset alone becomes; nil where it has none.
  public init(_ lowered: LoweredMachine, onto base: Tree, preset: LoweredMachine?) {
    merge = TreeMerge(
      of: lowered.tree, onto: base, references: lowered.references,
      defaults: lowered.defaults.union(Self.defaults(of: lowered, preset)),
      stated: lowered.statedPhandles, omissions: lowered.omissions, bootCPU: lowered.bootCPU)
    mistakes = merge.conflicts.map { Mistake($0, lowered.origins) }
    let added = Set(merge.added)
    missing = preset.map { Self.paths(of: $0.tree).filter(added.contains) } ?? []
    var machine = lowered
    func moved(_ path: String) -> String { merge.paths[path] ?? path }
    machine.tree = merge.tree
    machine.origins = lowered.origins.moved(merge.paths)
    machine.references = merge.references
    machine.devices = lowered.devices.map {
      var device = $0
      device.path = moved(device.path)
      return device
    }
    machine.pools = lowered.pools.map {
      var pool = $0
      pool.path = moved(pool.path)
      for index in pool.sizing?.users.indices ?? 0..<0 {
        pool.sizing?.users[index].path = moved($0.sizing?.users[index].path ?? "")
      }
      return pool
    }
    machine.roles = lowered.roles.map {
      var role = $0
      role.path = role.path.map(moved)
      return role
    }
    machine.labels = lowered.labels.map { ($0.label, moved($0.path)) }
    machine.statedPhandles = Set(lowered.statedPhandles.map(moved))
    machine.symbols = []
    let labels = Set(lowered.labels.map(\.label))
    for (label, path) in lowered.symbols {
      guard let taken = base.path(ofSymbol: label), taken != moved(path) else {
        machine.symbols.append((label, moved(path)))
        continue
      }
      // The name of a region is a label only where nobody else is called so.
      guard labels.contains(label) else { continue }
      mistakes.append(
        Mistake(
          "description/base-label",
          "'\(label)' is what the base calls \(taken)", at: lowered.origins.location(of: path),
          help: "label the node otherwise"))
    }
    if mistakes.isEmpty { self.machine = machine }
  }

  /// The properties that the preset has alike, but for the size of RAM.
  private static func defaults(
    of lowered: LoweredMachine, _ preset: LoweredMachine?
  ) -> Set<TreeMerge.Default> {
    guard let preset else { return [] }
    var defaults: Set<TreeMerge.Default> = []
    for path in paths(of: preset.tree) {
      guard let node = preset.tree.root.descendant(at: path) else { continue }
      let isMemory = node["device_type"] == .string("memory")
      for property in node.properties where !(isMemory && property.name == "reg") {
        defaults.insert(.init(node: path, property: property.name))
      }
    }
    let references = lowered.references
    for difference in preset.tree.difference(to: lowered.tree, references: references) {
      guard let property = difference.property else { continue }
      defaults.remove(.init(node: difference.node, property: property))
    }
    return defaults
  }

  /// The paths of all nodes, in document order.
  private static func paths(of tree: Tree) -> [String] {
    var paths: [String] = []
    func visit(_ node: DeviceTree.Node, _ path: String) {
      paths.append(path)
      for child in node.children {
        visit(child, path == "/" ? "/" + child.name : path + "/" + child.name)
      }
    }
    visit(tree.root, "/")
    return paths
  }
}

extension DeviceTree.Node {
  fileprivate func descendant(at path: String) -> DeviceTree.Node? {
    var node = self
    for name in path.split(separator: "/") {
      guard let child = node.children.first(where: { $0.name == name }) else { return nil }
      node = child
    }
    return node
  }
}
