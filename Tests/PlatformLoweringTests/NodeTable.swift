import DeviceTree

/// A tree as paths and values that two trees can be compared by: phandles become the paths that
/// they mean, random seeds are left out.
struct NodeTable {
  private var nodes: [String: [String: String]] = [:]
  /// The paths in document order.
  private(set) var paths: [String] = []

  /// Properties with phandles in the trees that are compared here: so many cells, each first one a
  /// phandle.
  private static let references: [String: Int] = [
    "interrupt-parent": 1, "clocks": 1, "cpu": 1, "memory-region": 1, "msi-parent": 1,
    "riscv,children": 1, "riscv,delegation": 3, "riscv,delegate": 3, "interrupts-extended": 2,
  ]
  /// What differs from run to run, and the numbers themselves.
  private static let volatile: Set<String> = ["rng-seed", "kaslr-seed", "phandle"]

  init(_ tree: FlattenedTree) {
    var targets: [UInt32: String] = [:]
    for node in tree.nodes {
      if let phandle = node.property("phandle")?.u32 { targets[phandle] = node.path }
    }
    for node in tree.nodes {
      var values: [String: String] = [:]
      for property in node.properties where !Self.volatile.contains(property.name) {
        if let stride = Self.references[property.name] {
          values[property.name] = (0..<property.cellCount)
            .map { index in
              guard let cell = property.cell(index) else { return "missing" }
              return index % stride == 0 ? targets[cell] ?? "dangling" : "\(cell)"
            }
            .joined(separator: " ")
        } else {
          values[property.name] = property.bytes.map { String($0, radix: 16) }
            .joined(separator: " ")
        }
      }
      nodes[node.path] = values
      paths.append(node.path)
    }
  }

  subscript(path: String) -> [String: String]? { nodes[path] }
}
