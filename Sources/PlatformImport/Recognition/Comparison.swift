import DeviceTree
import PlatformDescription
import PlatformLowering

/// Holds a laid out model against the tree that it is to be.
///
/// The order of nodes and properties is left aside. Where the lowering says that a reference lies, both
/// have to name the same node; all other bytes have to be the same.
struct Comparison {
  private let survey: Survey
  private let machine: LoweredMachine
  /// The paths of the model's nodes, by the index of the node of the tree.
  private var paths: [Int: String] = [:]
  /// The index of the node of the tree, by path in the model.
  private var indices: [String: Int] = [:]
  private var references: [String: [LoweredReference]] = [:]
  private let children: PathIndex
  /// Nodes that are not looked into: a sketch has nothing in them.
  private let leftOut: Set<Int>
  private(set) var discrepancies: [Discrepancy] = []

  init(
    _ survey: Survey, _ machine: LoweredMachine, paths: PathIndex, leavingOut leftOut: Set<Int>
  ) {
    self.leftOut = leftOut
    self.survey = survey
    self.machine = machine
    children = paths
    for reference in machine.references {
      references[reference.node, default: []].append(reference)
    }
    match(machine.tree.root, to: 0, path: "/")
    compare(machine.tree.root, with: survey.tree.root, path: "/")
    compareHeaders()
  }

  private mutating func report(_ node: Int, _ kind: Discrepancy.Kind) {
    discrepancies.append(Discrepancy(node: node, kind: kind))
  }

  // MARK: Nodes

  /// Finds out which node of the tree each node of the model stands for.
  private mutating func match(_ node: DeviceTree.Node, to index: Int, path: String) {
    paths[index] = path
    indices[path] = index
    for child in node.children {
      let path = Self.path(of: child, below: path)
      guard let counterpart = counterpart(of: child, below: index, path: path) else { continue }
      match(child, to: counterpart, path: path)
    }
  }

  /// What is declared says which node it is; what the lowering adds is known by its name.
  private func counterpart(of child: DeviceTree.Node, below parent: Int, path: String) -> Int? {
    if let location = machine.origins.declaration(at: path)?.location {
      let index = location.line - 1
      // What the machine brings was written where the machine was, or in the library.
      if index == 0 || !location.file.isEmpty { return byName(child, below: parent) }
      guard index > 0, index < survey.tree.nodeCount, paths[index] == nil,
        leftOut.contains(index) || survey.tree.nodes[index].parent?.index == parent
      else { return nil }
      return index
    }
    return byName(child, below: parent)
  }

  private func byName(_ child: DeviceTree.Node, below parent: Int) -> Int? {
    guard let index = children.child(child.name, of: parent), paths[index] == nil else {
      return nil
    }
    return index
  }

  /// The nodes of the tree that the model has.
  var matched: Set<Int> { Set(paths.keys) }

  private static func path(of node: DeviceTree.Node, below path: String) -> String {
    path == "/" ? "/" + node.name : path + "/" + node.name
  }

  private mutating func compare(
    _ node: DeviceTree.Node, with original: FlattenedTree.Node, path: String
  ) {
    if leftOut.contains(original.index) { return }
    compareNames(node, original)
    compareProperties(node, original, path)
    for child in node.children {
      let path = Self.path(of: child, below: path)
      if let index = indices[path] {
        compare(child, with: survey.tree.nodes[index], path: path)
      } else {
        report(original.index, .superfluousChild(child.name))
      }
    }
    for child in original.children where paths[child.index] == nil {
      report(original.index, .missingChild(child.index))
    }
  }

  private mutating func compareNames(_ node: DeviceTree.Node, _ original: FlattenedTree.Node) {
    if original.isNamed(node.name) { return }
    let (name, wanted) = (node.name, original.name)
    let sameUnit = name.drop { $0 != "@" } == wanted.drop { $0 != "@" }
    report(original.index, sameUnit ? .renamed : .moved)
  }

  // MARK: Properties

  private mutating func compareProperties(
    _ node: DeviceTree.Node, _ original: FlattenedTree.Node, _ path: String
  ) {
    var found = 0
    let references = references[path] ?? []
    for property in node.properties {
      guard let counterpart = original.property(property.name), survey.keeps(counterpart) else {
        report(
          original.index,
          property.name == "phandle" ? .phandle : .superfluous(property.name))
        continue
      }
      found += 1
      if property.name == "phandle" {
        comparePhandles(property.value, counterpart)
      } else if !isSame(property, counterpart, references) {
        report(original.index, .different(property.name))
      }
    }
    let kept = original.properties.reduce(0) { $0 + (survey.keeps($1) ? 1 : 0) }
    if found == kept { return }
    let names = Set(node.properties.map(\.name))
    for property in original.properties
    where survey.keeps(property) && !names.contains(property.name) {
      if !property.isNamed("phandle") {
        report(original.index, .missing(property.name))
      } else if leftOut.isEmpty || !survey.isTarget[original.index] {
        // In a sketch, what would refer to it may be left out.
        report(original.index, .phandle)
      }
    }
  }

  /// A number that something may know has to be the same; any other only has to be one.
  private mutating func comparePhandles(
    _ value: PropertyValue, _ original: FlattenedTree.Property
  ) {
    if original.bytes.elementsEqual(value.bytes) { return }
    let node = original.node.index
    if survey.isReferable[node], !survey.isPinned(node), value.bytes.count == 4 { return }
    report(node, .phandle)
  }

  private func isSame(
    _ property: DeviceTree.Property, _ original: FlattenedTree.Property,
    _ references: [LoweredReference]
  ) -> Bool {
    let bytes = property.value.bytes
    // What is no reference, byte by byte; what is one, node by node.
    var position = 0
    let wanted = original.bytes
    for place in references where place.property == property.name {
      switch place.kind {
      case .path:
        guard let target = indices[place.target] else { return false }
        return original.string == survey.tree.nodes[target].path
      case .phandle:
        guard bytes.count == wanted.count, place.offset >= position,
          bytes[position..<place.offset].elementsEqual(
            wanted[(wanted.startIndex + position)..<(wanted.startIndex + place.offset)]),
          let target = survey.target(of: original, cell: place.offset / 4),
          target == indices[place.target]
        else { return false }
        position = place.offset + 4
      }
    }
    return bytes.dropFirst(position).elementsEqual(wanted.dropFirst(position))
  }

  private mutating func compareHeaders() {
    let reservations = survey.tree.memoryReservations
    let same = machine.tree.memoryReservations.elementsEqual(reservations) {
      $0.address == $1.address && $0.size == $1.size
    }
    if !same || machine.tree.bootCPU != survey.tree.header.bootCPU { report(0, .moved) }
  }
}
