import DeviceTree
import PlatformDescription

/// Allocates phandles and paths, and turns a draft into a tree.
///
/// A node gets a phandle when something refers to it; numbers follow the order of the nodes, from 1.
struct Layout {
  private(set) var origins = Origins()
  private(set) var mistakes: [Mistake] = []
  private var paths: [Target: String] = [:]
  /// What several nodes look like: a reference to it can't say which it means.
  private var ambiguous: Set<Target> = []
  private var virtioPaths: [Int: String] = [:]
  private var phandles: [Target: UInt32] = [:]
  private var referred: Set<Target> = []
  private let machine: String

  init(machine: String) { self.machine = machine }

  mutating func tree(of root: DraftNode) -> Tree {
    collectReferences(root)
    allocate(root, path: "/")
    return Tree(root: resolve(root, path: "/"))
  }

  /// The path of the virtio device of this position, once ``tree(of:)`` has run.
  func path(ofVirtioDevice index: Int) -> String? { virtioPaths[index] }

  private mutating func collectReferences(_ node: DraftNode) {
    for property in node.properties {
      guard case .cells(let cells) = property.value else { continue }
      for case .phandle(let target) in cells { referred.insert(target) }
    }
    for child in node.children { collectReferences(child) }
  }

  private mutating func allocate(_ node: DraftNode, path: String) {
    if let index = node.virtioIndex { virtioPaths[index] = path }
    if let target = node.target {
      if paths.updateValue(path, forKey: target) != nil { ambiguous.insert(target) }
      if referred.contains(target) { phandles[target] = UInt32(phandles.count + 1) }
    }
    var names: [String: Declaration?] = [:]
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
      allocate(child, path: path == "/" ? "/" + child.name : path + "/" + child.name)
    }
  }

  private mutating func resolve(_ node: DraftNode, path: String) -> DeviceTree.Node {
    if let declaration = node.declaration { origins.record(declaration, at: path) }
    var result = DeviceTree.Node(node.name)
    result.properties.reserveCapacity(node.properties.count + 1)
    for property in node.properties {
      if let location = property.location {
        origins.record(location, of: property.name, at: path)
      }
      guard let value = value(of: property, in: node) else { continue }
      result.properties.append(DeviceTree.Property(property.name, value))
    }
    if let target = node.target, let phandle = phandles[target] {
      result.properties.append(DeviceTree.Property("phandle", .u32(phandle)))
    }
    result.children = node.children.map {
      resolve($0, path: path == "/" ? "/" + $0.name : path + "/" + $0.name)
    }
    return result
  }

  private mutating func value(of property: DraftProperty, in node: DraftNode) -> PropertyValue? {
    switch property.value {
    case .fixed(let value): return value
    case .path(let target):
      guard let path = paths[target], isUnambiguous(target, property, node) else {
        unresolved(target, property, node)
        return nil
      }
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
          numbers.append(phandle)
        }
      }
      return .cells(numbers)
    }
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
          help: "put '\(name)' into the braces of the machine, or of the Memory that contains it"))
    case .interruptController:
      mistakes.append(
        Mistake(
          "description/no-interrupt-controller",
          "'\(machine)' has interrupts but no interrupt controller",
          at: location, help: "add a GICv3 or a GICv2"))
    case .component(let noun, _, let declared):
      mistakes.append(
        Mistake(
          "description/unknown-reference",
          "this refers to a component (\(noun)) that is no part of '\(machine)'", at: location,
          help: "put the component into the braces of the machine, or of a bus in it",
          related: [.init("it is declared here", at: declared)]))
    case .serialClock, .cpu, .msi:
      // The lowering makes these together with what refers to them.
      mistakes.append(
        Mistake("description/unknown-reference", "a node refers to nothing", at: location))
    }
  }
}
