import DeviceTree

/// What the nodes that are referred to by label are called.
enum LabelChoice {
  /// The longest label that is taken over: longer ones make lines that nobody reads.
  private static let longest = 64

  /// A label for each of `nodes`: that of `dtgen show`, or, where it has none, an alias or the name.
  static func labels(for nodes: [Int], of tree: FlattenedTree) -> [Int: String] {
    let shown = SourceLabels(tree)
    var result: [Int: String] = [:]
    var taken = Set<String>()
    var rest: [Int] = []
    for node in nodes {
      if let label = shown[tree.nodes[node]].first, label.utf8.count <= longest,
        taken.insert(label).inserted
      {
        result[node] = label
      } else {
        rest.append(node)
      }
    }
    let aliases = aliases(of: tree)
    for node in rest {
      let candidates = [aliases[tree.nodes[node].path], tree.nodes[node].baseName].compactMap { $0 }
      let label = unused(candidates.map { spelling($0) }, &taken)
      result[node] = label
    }
    return result
  }

  /// The first alias of each path.
  private static func aliases(of tree: FlattenedTree) -> [String: String] {
    var result: [String: String] = [:]
    for alias in tree.root.child("aliases").map({ Array($0.properties) }) ?? [] {
      if let path = alias.string, result[path] == nil { result[path] = alias.name }
    }
    return result
  }

  private static func unused(_ candidates: [String], _ taken: inout Set<String>) -> String {
    for candidate in candidates where taken.insert(candidate).inserted { return candidate }
    let base = candidates.last ?? "node"
    var number = 2
    while !taken.insert("\(base)_\(number)").inserted { number += 1 }
    return "\(base)_\(number)"
  }

  /// `name` in letters, digits and `_`, no digit first.
  private static func spelling(_ name: String) -> String {
    var label: [UInt8] = []
    for byte in name.utf8.prefix(longest - 8) {
      let isWord =
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
        || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      label.append(isWord ? byte : UInt8(ascii: "_"))
    }
    if label.first.map({ $0 >= 48 && $0 <= 57 }) ?? true {
      label.insert(contentsOf: "node_".utf8, at: 0)
    }
    return String(decoding: label, as: UTF8.self)
  }
}
