import DeviceTree

/// The names by which a tree's author knows its nodes: `__symbols__` first, then `/aliases`.
struct NodeLabels: Sendable {
  // Looked up by path, never walked.
  private let labels: [String: String]

  init(_ tree: FlattenedTree) {
    var labels: [String: String] = [:]
    for container in ["__symbols__", "aliases"] {
      guard let node = tree.root.child(container) else { continue }
      for property in node.properties {
        guard let path = property.string, labels[path] == nil else { continue }
        labels[path] = property.name
      }
    }
    self.labels = labels
  }

  func label(of path: String) -> String? { labels[path] }
}
