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
    "regmap": 1,
  ]
  /// Properties whose first cell is a phandle.
  private static let leadingReferences: Set<String> = ["gpios"]
  /// Where the phandle stands in each entry of other properties, and how many cells that has.
  private static let phandles: [String: (position: Int, stride: Int)] = [
    "iommu-map": (1, 4), "msi-map": (1, 4), "iommus": (0, 2),
  ]
  /// What differs from run to run, and the numbers themselves.
  private static let volatile: Set<String> = ["rng-seed", "kaslr-seed", "phandle"]

  init(_ tree: FlattenedTree) {
    var targets: [UInt32: String] = [:]
    // How many cells of an entry of interrupt-map stand behind the phandle.
    var parentCells: [UInt32: Int] = [:]
    for node in tree.nodes {
      guard let phandle = node.property("phandle")?.u32 else { continue }
      targets[phandle] = node.path
      let cells = ["#address-cells", "#interrupt-cells"].map { node.property($0)?.u32 ?? 0 }
      parentCells[phandle] = Int(cells[0] + cells[1])
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
        } else if Self.leadingReferences.contains(property.name) {
          let target = property.cell(0).flatMap { targets[$0] } ?? "dangling"
          let others = (1..<max(property.cellCount, 1)).map { "\(property.cell($0) ?? 0)" }
          values[property.name] = ([target] + others).joined(separator: " ")
        } else if property.name == "interrupt-map" {
          // A function's address and its pin stand before the phandle.
          var next = 4
          values[property.name] = (0..<property.cellCount)
            .map { index -> String in
              let cell = property.cell(index) ?? 0
              guard index == next else { return String(cell, radix: 16) }
              next += 1 + (parentCells[cell] ?? 0) + 4
              return targets[cell] ?? "dangling"
            }
            .joined(separator: " ")
        } else if let (position, stride) = Self.phandles[property.name] {
          values[property.name] = (0..<property.cellCount)
            .map { index -> String in
              let cell = property.cell(index) ?? 0
              return index % stride == position
                ? targets[cell] ?? "dangling" : String(cell, radix: 16)
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

  /// A string as it stands in the table.
  static func bytes(_ text: String) -> String {
    (Array(text.utf8) + [0]).map { String($0, radix: 16) }.joined(separator: " ")
  }

  subscript(path: String) -> [String: String]? { nodes[path] }
}
