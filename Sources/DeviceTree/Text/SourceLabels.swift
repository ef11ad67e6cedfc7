/// The labels of a tree: those of `/__symbols__`, and one for every other node that can be referred to.
///
/// A label is made from the name of the node: `intc@8000000` becomes `intc` where it is the only one
/// of its name, and `intc_8000000` where it is not.
public struct SourceLabels {
  /// The labels of each node, in order; the first is the one that references use.
  private var labels: [Int: [String]] = [:]
  private var taken = Set<String>()
  private var suffixes: [String: Int] = [:]

  init(_ index: SourceIndex) {
    takeSymbols(of: index.tree)
    let referable = index.tree.nodes.filter { index.isReferable($0) && labels[$0.index] == nil }
    var uses: [String: Int] = [:]
    for node in referable { uses[Self.spelling(node.baseName), default: 0] += 1 }
    for node in referable {
      // `cpu@0` and `cpu@1` become cpu_0 and cpu_1, and a lone `intc@8000000` becomes intc.
      let base = Self.spelling(node.baseName)
      let wanted = uses[base] == 1 ? base : Self.spelling(node.name)
      labels[node.index] = [unused(wanted)]
    }
  }

  /// The labels of `tree`, the same for the same tree.
  public init(_ tree: FlattenedTree) { self.init(SourceIndex(tree)) }

  /// The labels of `node`, in order; the first is the one that references use.
  public subscript(node: FlattenedTree.Node) -> [String] { labels[node.index] ?? [] }

  private struct ChildKey: Hashable {
    let parent: Int
    let name: String
  }

  private mutating func takeSymbols(of tree: FlattenedTree) {
    guard let symbols = tree.root.child("__symbols__") else { return }
    // Searching the children of each node on each path would be quadratic.
    var children: [ChildKey: Int] = [:]
    for node in tree.nodes.dropFirst() {
      let key = ChildKey(parent: Int(node.record.parent), name: node.name)
      if children[key] == nil { children[key] = node.index }
    }
    for property in symbols.properties {
      guard let path = property.string, path.utf8.first == UInt8(ascii: "/") else { continue }
      let label = property.name
      guard Self.isLabel(label), !taken.contains(label) else { continue }
      var node: Int? = 0
      for name in path.split(separator: "/") {
        node = node.flatMap { children[ChildKey(parent: $0, name: String(name))] }
        if node == nil { break }
      }
      guard let node else { continue }
      taken.insert(label)
      labels[node, default: []].append(label)
    }
  }

  private mutating func unused(_ wanted: String) -> String {
    if taken.insert(wanted).inserted { return wanted }
    while true {
      let suffix = (suffixes[wanted] ?? 1) + 1
      suffixes[wanted] = suffix
      let label = "\(wanted)_\(suffix)"
      if taken.insert(label).inserted { return label }
    }
  }

  /// Whether dtc reads `text` as a label.
  ///
  /// **Source:** dtc 1.6.1 `dtc-lexer.l`, LABEL.
  static func isLabel(_ text: String) -> Bool {
    guard let first = text.utf8.first, !isDigit(first) else { return false }
    return text.utf8.allSatisfy(isLabelCharacter)
  }

  private static func spelling(_ name: String) -> String {
    var label: [UInt8] = []
    // The specification's limit (6.2), less the room that a prefix or a suffix takes.
    for byte in name.utf8.prefix(24) {
      label.append(isLabelCharacter(byte) ? byte : UInt8(ascii: "_"))
    }
    if label.first.map(isDigit) ?? true { label.insert(contentsOf: "node_".utf8, at: 0) }
    return String(decoding: label, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isLabelCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: isDigit(byte)
    }
  }
}
