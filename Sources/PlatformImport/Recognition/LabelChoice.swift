import DeviceTree

/// What nodes are called where others refer to them by label.
struct LabelChoice {
  /// The label of every node that may be referred to.
  private(set) var labels: [Int: String] = [:]
  /// The longest label that is taken over: longer ones make lines that nobody reads.
  private static let longest = 64
  private var taken = Set<String>()

  /// Those that `dtgen show` gives; nodes without a phandle, which it labels not, are called as an
  /// alias says, or by their names.
  init(_ survey: Survey, _ paths: PathIndex) {
    let tree = survey.tree
    let shown = SourceLabels(tree)
    for node in tree.nodes where survey.isTarget[node.index] {
      guard let label = shown[node].first, label.utf8.count <= Self.longest,
        taken.insert(label).inserted
      else { continue }
      labels[node.index] = label
    }
    for node in tree.nodes where survey.isTarget[node.index] && labels[node.index] == nil {
      labels[node.index] = unused([node.baseName])
    }
    let names = tree.root.children.filter { $0.isNamed("aliases") || $0.isNamed("chosen") }
    for property in names.flatMap({ Array($0.properties) }) {
      guard let node = property.string.flatMap({ paths[$0] }), labels[node] == nil else { continue }
      let isAlias = property.node.isNamed("aliases")
      labels[node] = unused((isAlias ? [property.name] : []) + [tree.nodes[node].baseName])
    }
  }

  private mutating func unused(_ names: [String]) -> String {
    let candidates = names.map { Self.spelling($0) }
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
