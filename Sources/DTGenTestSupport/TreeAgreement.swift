public import DeviceTree

/// Holds two trees against each other as a guest would: the order of nodes and of properties means
/// nothing, and neither do the numbers of phandles, as long as they lead to the same nodes.
///
/// It knows no property by its name. A cell may differ only where both trees have a phandle in it,
/// and both phandles belong to the same node.
public struct TreeAgreement {
  /// What differs, as sentences, in the order of the first tree.
  public private(set) var differences: [String] = []
  private let first: [UInt32: String]
  private let second: [UInt32: String]
  private let ignored: Set<String>

  /// Compares two trees, leaving out properties whose paths are `ignored`.
  public init(_ first: Tree, _ second: Tree, ignoring ignored: Set<String> = []) {
    self.first = Self.phandles(of: first)
    self.second = Self.phandles(of: second)
    self.ignored = ignored
    if first.bootCPU != second.bootCPU { differences.append("the boot CPU differs") }
    if first.memoryReservations.map({ [$0.address, $0.size] })
      != second.memoryReservations.map({ [$0.address, $0.size] })
    {
      differences.append("the memory reservations differ")
    }
    compare(first.root, second.root, "")
  }

  private static func phandles(of tree: Tree) -> [UInt32: String] {
    var result: [UInt32: String] = [:]
    var open = [(tree.root, "")]
    while let (node, path) = open.popLast() {
      if let value = node["phandle"]?.bytes, value.count == 4 {
        let number = value.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        result[number] = result[number] == nil ? path : "two nodes"
      }
      for child in node.children { open.append((child, path + "/" + child.name)) }
    }
    return result
  }

  private mutating func compare(_ first: Node, _ second: Node, _ path: String) {
    let place = path.isEmpty ? "/" : path
    let values = Dictionary(
      second.properties.map { ($0.name, $0.value.bytes) }, uniquingKeysWith: { one, _ in one })
    for property in first.properties where !ignored.contains("\(path)/\(property.name)") {
      guard let other = values[property.name] else {
        differences.append("\(place): only the first has \(property.name)")
        continue
      }
      let bytes = property.value.bytes
      if property.name == "phandle" ? bytes.count != other.count : !isSame(bytes, other) {
        differences.append("\(place): \(property.name) differs")
      }
    }
    let names = Set(first.properties.map(\.name))
    for property in second.properties where !names.contains(property.name) {
      differences.append("\(place): only the second has \(property.name)")
    }
    let children = Dictionary(
      second.children.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    for child in first.children {
      if let other = children[child.name] {
        compare(child, other, path + "/" + child.name)
      } else {
        differences.append("\(path)/\(child.name): only the first has this node")
      }
    }
    let childNames = Set(first.children.map(\.name))
    for child in second.children where !childNames.contains(child.name) {
      differences.append("\(path)/\(child.name): only the second has this node")
    }
  }

  private func isSame(_ bytes: [UInt8], _ other: [UInt8]) -> Bool {
    if bytes == other { return true }
    guard bytes.count == other.count, bytes.count % 4 == 0 else { return false }
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let mine = bytes[start..<(start + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      let theirs = other[start..<(start + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      if mine == theirs { continue }
      guard let node = first[mine], node == second[theirs] else { return false }
    }
    return true
  }
}
