/// Compares two trees node by node.
///
/// Paths are made for what differs alone: of a hostile tree they may be long, and there may be many.
struct TreeComparison {
  private struct Place: Hashable {
    var node: Int
    var property: String
  }

  let first: TreeArena
  let second: TreeArena
  /// Where phandles lie in values of the second tree.
  private var phandles: [Place: [Int]] = [:]
  private(set) var differences: [TreeDifference] = []

  init(first: TreeArena, second: TreeArena, references: [TreeReference]) {
    self.first = first
    self.second = second
    for reference in references where reference.kind == .phandle {
      guard let node = second.node(at: reference.node) else { continue }
      phandles[Place(node: node, property: reference.property), default: []]
        .append(reference.offset)
    }
    compare()
  }

  private mutating func compare() {
    var waiting = [(first: 0, second: 0)]
    while let pair = waiting.popLast() {
      compareProperties(pair.first, pair.second)
      for child in first.entries[pair.first].children
      where second.child(first.entries[child].name, of: pair.second) == nil {
        differences.append(.init(.nodeRemoved, node: first.path(of: child)))
      }
      var shared: [(first: Int, second: Int)] = []
      for child in second.entries[pair.second].children {
        if let counterpart = first.child(second.entries[child].name, of: pair.first) {
          shared.append((counterpart, child))
        } else {
          differences.append(.init(.nodeAdded, node: second.path(of: child)))
        }
      }
      waiting.append(contentsOf: shared.reversed())
    }
  }

  private mutating func compareProperties(_ left: Int, _ right: Int) {
    for slot in first.entries[left].slots {
      let name = slot.property.name
      if !Self.isPhandle(name), second.slot(name, of: right) == nil {
        note(.propertyRemoved, name, of: right)
      }
    }
    for slot in second.entries[right].slots {
      let name = slot.property.name
      if Self.isPhandle(name) { continue }
      guard let value = first.value(name, of: left) else {
        note(.propertyAdded, name, of: right)
        continue
      }
      let offsets = phandles[Place(node: right, property: name)] ?? []
      if !isSame(value, slot.property.value, phandlesAt: offsets) {
        note(.propertyChanged, name, of: right)
      }
    }
  }

  private mutating func note(_ kind: TreeDifference.Kind, _ property: String, of node: Int) {
    differences.append(.init(kind, node: second.path(of: node), property: property))
  }

  /// Whether two values mean the same: the same bytes, but for phandles that name the same node.
  private func isSame(
    _ left: PropertyValue, _ right: PropertyValue, phandlesAt offsets: [Int]
  ) -> Bool {
    if offsets.isEmpty { return left == right }
    guard left.bytes.count == right.bytes.count else { return false }
    var (remaining, others) = (left, right)
    for offset in offsets {
      guard let one = left.cell(at: offset), let other = right.cell(at: offset) else {
        return false
      }
      // A number that names nothing is compared as a number.
      guard let target = first.node(phandle: one), let counterpart = second.node(phandle: other)
      else { continue }
      guard first.path(of: target) == second.path(of: counterpart) else { return false }
      let blank: [UInt8] = [0, 0, 0, 0]
      remaining.bytes.replaceSubrange(offset..<(offset + 4), with: blank)
      others.bytes.replaceSubrange(offset..<(offset + 4), with: blank)
    }
    return remaining == others
  }

  static func isPhandle(_ name: String) -> Bool { name == "phandle" || name == "linux,phandle" }
}
