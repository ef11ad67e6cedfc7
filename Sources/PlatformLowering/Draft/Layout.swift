import DeviceTree
import PlatformDescription

/// Allocates phandles and paths, and turns a draft into a tree.
///
/// A node gets a phandle when something refers to it; numbers follow the order of the nodes, from 1,
/// and leave out those that the description gives away itself.
struct Layout {
  private(set) var origins = Origins()
  private(set) var mistakes: [Mistake] = []
  /// What follows from a mistake that is reported where it was made; a mistake only if there is none.
  private(set) var consequences: [Mistake] = []
  private(set) var references: [LoweredReference] = []
  private(set) var labels: [(label: String, path: String)] = []
  /// The paths of the nodes whose phandle the description gives away itself.
  private(set) var statedPhandlePaths: Set<String> = []
  /// What the description says that nodes haven't.
  private(set) var omissions: Set<TreeMerge.Default> = []
  private var paths: [Target: String] = [:]
  /// What several nodes look like: a reference to it can't say which it means.
  private var ambiguous: Set<Target> = []
  private var virtioPaths: [Int: String] = [:]
  private var phandles: [Target: UInt32] = [:]
  private var referred: Set<Target> = []
  private var labelled: [String: Label] = [:]
  private var statedPhandles: Set<UInt32> = []
  private var nextPhandle: UInt32 = 1
  private let machine: String
  /// The names of regions that mean memory of several machines.
  private let shares: Set<String>

  init(machine: String, shares: Set<String> = []) {
    self.machine = machine
    self.shares = shares
  }

  mutating func tree(of root: DraftNode) -> Tree {
    collectReferences(root)
    allocate(root, path: "/", depth: 1)
    return Tree(root: resolve(root, path: "/", on: BusCells(address: 2, size: 2)))
  }

  /// The path of the node that `target` means, once ``tree(of:)`` has run.
  func path(of target: Target) -> String? { paths[target] }

  /// The path of the virtio device of this position, or of its PCI host, once ``tree(of:)`` has run.
  func path(ofVirtioDevice index: Int) -> String? { virtioPaths[index] }

  private mutating func collectReferences(_ node: DraftNode) {
    if let stated = node.statedPhandle { statedPhandles.insert(stated) }
    for property in node.properties {
      guard case .cells(let cells) = property.value else { continue }
      for case .phandle(let target) in cells { referred.insert(target) }
    }
    for child in node.children { collectReferences(child) }
  }

  private mutating func allocate(_ node: DraftNode, path: String, depth: Int) {
    if let index = node.virtioIndex { virtioPaths[index] = path }
    for index in node.functionIndices { virtioPaths[index] = path }
    name(node, path)
    var names: [String: Declaration?] = [:]
    if depth == Limits().maximumDepth, let child = node.children.first {
      mistakes.append(
        Mistake(
          "description/too-deep",
          "nodes are nested more than \(depth) deep, the root included: Linux reads no deeper",
          at: child.declaration?.location, help: "put the node nearer to the root"))
      return
    }
    for child in node.children {
      if let first = names[child.name] {
        mistakes.append(
          Mistake(
            "description/duplicate-node",
            "two nodes of '\(machine)' are named '\(child.name)'",
            at: child.declaration?.location, help: "give one of them another address or name",
            related: [.init("the first is here", at: first?.location)]))
      } else {
        names[child.name] = .some(child.declaration)
      }
      allocate(
        child, path: path == "/" ? "/" + child.name : path + "/" + child.name, depth: depth + 1)
    }
  }

  /// Notes what `node` can be referred to as, and gives it a phandle where something refers to it.
  private mutating func name(_ node: DraftNode, _ path: String) {
    if let label = node.declaration?.label {
      if !Spelling.isLabel(label.name) {
        mistakes.append(
          Mistake(
            "description/invalid-name", "'\(label.name)' can't be a label",
            at: label.location, help: "use letters, digits and _, no digit first"))
      }
      if let first = labelled[label.name] {
        mistakes.append(
          Mistake(
            "description/duplicate-name",
            "two nodes of '\(machine)' are labelled '\(label.name)'",
            at: node.declaration?.location, help: "label one of them otherwise",
            related: [.init("the label is made here", at: first.location)]))
      }
      labelled[label.name] = label
      labels.append((label.name, path))
    }
    var phandle = node.statedPhandle
    if phandle != nil { statedPhandlePaths.insert(path) }
    for target in node.targets {
      if paths.updateValue(path, forKey: target) != nil { ambiguous.insert(target) }
      guard referred.contains(target) else { continue }
      if phandle == nil { phandle = takePhandle() }
      phandles[target] = phandle
    }
  }

  private mutating func takePhandle() -> UInt32 {
    while statedPhandles.contains(nextPhandle) { nextPhandle += 1 }
    defer { nextPhandle += 1 }
    return nextPhandle
  }

  /// - Parameters:
  ///   - node: The node.
  ///   - path: Its path.
  ///   - bus: The cells of the bus that it is on.
  /// - Returns: The node of the tree.
  private mutating func resolve(
    _ node: DraftNode, path: String, on bus: BusCells
  ) -> DeviceTree.Node {
    if let declaration = node.declaration { origins.record(declaration, at: path) }
    for (part, location) in node.partLocations { origins.record(location, of: part, at: path) }
    var result = DeviceTree.Node(node.name)
    result.properties.reserveCapacity(node.properties.count + 1)
    for property in node.properties {
      if let location = property.location {
        origins.record(location, of: property.name, at: path)
      }
      guard let value = value(of: property, in: node, path, on: bus) else { continue }
      result.properties.append(DeviceTree.Property(property.name, value))
    }
    if node.statedPhandle == nil,
      let phandle = node.targets.compactMap({ phandles[$0] }).first
    {
      result.properties.append(DeviceTree.Property("phandle", .u32(phandle)))
    }
    for name in (node.declaration?.omissions ?? []) + node.omissions
    where !result.properties.contains(where: { $0.name == name }) {
      omissions.insert(.init(node: path, property: name))
    }
    let cells = node.busCells
    result.children = node.children.map {
      resolve($0, path: path == "/" ? "/" + $0.name : path + "/" + $0.name, on: cells)
    }
    return result
  }

  private mutating func value(
    of property: DraftProperty, in node: DraftNode, _ nodePath: String, on bus: BusCells
  ) -> PropertyValue? {
    func reference(_ kind: LoweredReference.Kind, to target: String, at offset: Int) {
      references.append(
        LoweredReference(
          node: nodePath, property: property.name, offset: offset, kind: kind, target: target))
    }
    switch property.value {
    case .fixed(let value): return value
    case .reg(let ranges):
      return fitting(ranges.map { bus.cells($0) }, property, node, on: bus)
    case .ranges(let ranges):
      let cells = node.busCells
      return fitting(ranges.map { cells.cells($0, parent: bus) }, property, node, on: cells)
    case .path(let target):
      guard let path = paths[target], isUnambiguous(target, property, node) else {
        unresolved(target, property, node)
        return nil
      }
      reference(.path, to: path, at: 0)
      return .string(path)
    case .cells(let cells):
      var numbers: [UInt32] = []
      for cell in cells {
        switch cell {
        case .number(let number): numbers.append(number)
        case .phandle(let target):
          guard let phandle = phandles[target], isUnambiguous(target, property, node) else {
            unresolved(target, property, node)
            return nil
          }
          if let path = paths[target] {
            reference(.phandle, to: path, at: 4 * numbers.count)
          }
          numbers.append(phandle)
        }
      }
      return .cells(numbers)
    }
  }

  /// The cells of all entries; a mistake where one has a number that its bus has no cells for.
  private mutating func fitting(
    _ entries: [[UInt32]?], _ property: DraftProperty, _ node: DraftNode, on bus: BusCells
  ) -> PropertyValue? {
    let cells = entries.compactMap { $0 }
    guard cells.count == entries.count else {
      mistakes.append(
        Mistake(
          "description/beyond-the-bus",
          """
          '\(property.name)' of '\(node.name)' does not fit its bus, where an address has \
          \(bus.address) and a size \(bus.size) of 32 bits
          """,
          at: property.location ?? node.declaration?.location,
          help: "keep it below 4 GiB, or put it on a bus with two cells for each"))
      return nil
    }
    return .cells(cells.flatMap { $0 })
  }

  private mutating func isUnambiguous(
    _ target: Target, _ property: DraftProperty, _ node: DraftNode
  ) -> Bool {
    guard ambiguous.contains(target) else { return true }
    var related: [Mistake.Related] = []
    if case .component(_, _, let declared) = target {
      related = [.init("they are declared here", at: declared)]
    }
    mistakes.append(
      Mistake(
        "description/ambiguous-reference",
        "this refers to one of several components that were made by the same line",
        at: property.location ?? node.declaration?.location,
        help: "place them with 'at:' and 'interrupt:', so that they can be told apart",
        related: related))
    return false
  }

  private mutating func unresolved(
    _ target: Target, _ property: DraftProperty, _ node: DraftNode
  ) {
    if ambiguous.contains(target) { return }
    let location = property.location ?? node.declaration?.location
    switch target {
    case .region(let name):
      mistakes.append(
        Mistake(
          "description/region-not-placed",
          "'\(name)' is used here, but it is no part of the memory of '\(machine)'",
          at: location,
          help: shares.contains(name)
            ? "say in the braces of the machine what it has it for: \(name).asRestrictedDMAPool()"
            : "put '\(name)' into the braces of the machine, or of the Memory that contains it"))
    case .label(let name):
      mistakes.append(
        Mistake(
          "description/unknown-reference",
          "no node of '\(machine)' is labelled '\(name)'", at: location,
          help: "label the node that is meant: Node(…, label: …), or .labelled(…)"))
    case .interruptController:
      consequences.append(
        Mistake(
          "description/no-interrupt-controller",
          "'\(machine)' has interrupts but no interrupt controller",
          at: location, help: "add a GICv3 or a GICv2, or a PLIC on riscv64"))
    case .component(let noun, _, let declared):
      mistakes.append(
        Mistake(
          "description/unknown-reference",
          "this refers to a component (\(noun)) that is no part of '\(machine)'", at: location,
          help: "put the component into the braces of the machine, or of a bus in it",
          related: [.init("it is declared here", at: declared)]))
    case .peripheralClock, .cpu, .hart, .aplic, .imsic, .msi, .pciBridge:
      // The lowering makes these together with what refers to them.
      consequences.append(
        Mistake("description/unknown-reference", "a node refers to nothing", at: location))
    }
  }
}
