import DeviceTree

/// What a tree has to be, so that a description can say it.
enum Admission {
  /// Refuses what no description gives back.
  ///
  /// - Throws: ``ImportError`` with the path of the first node that is in the way.
  static func check(_ tree: FlattenedTree) throws(ImportError) {
    if tree.root.children.contains(where: { $0.child("__overlay__") != nil }) {
      throw ImportError(
        "this is an overlay; import takes whole trees, so apply it to its base first")
    }
    guard tree.root.nameByteRange.isEmpty else {
      throw ImportError("the root node has a name; a tree that is written has none", at: "/")
    }
    let deepest = Limits().maximumDepth
    var depths = [Int](repeating: 1, count: tree.nodeCount)
    // Names are bytes: two that are equal as text may differ as bytes, and no tree may hold both.
    var children = Set<Sibling>()
    for node in tree.nodes {
      if let parent = node.parent {
        try checkName(of: node)
        depths[node.index] = depths[parent.index] + 1
        if depths[node.index] > deepest {
          throw ImportError("nodes are nested more than \(deepest) deep", at: parent.path)
        }
        if !children.insert(Sibling(parent: parent.index, name: node.name)).inserted {
          throw ImportError(
            "two children are named '\(node.name)'; the names of siblings have to differ",
            at: parent.path)
        }
      }
      try checkProperties(of: node)
    }
  }

  private struct Sibling: Hashable {
    var parent: Int
    var name: String
  }

  private static func checkName(of node: FlattenedTree.Node) throws(ImportError) {
    guard let defect = NameRules.defect(ofNode: node.tree.bytes[node.nameByteRange]) else {
      return
    }
    throw ImportError("the name of a child \(defect)", at: node.parent?.path)
  }

  private static func checkProperties(of node: FlattenedTree.Node) throws(ImportError) {
    var names = Set<String>()
    for property in node.properties {
      if let defect = NameRules.defect(ofProperty: node.tree.bytes[property.nameByteRange]) {
        throw ImportError("the name of a property \(defect)", at: node.path)
      }
      if !names.insert(property.name).inserted {
        throw ImportError(
          "two properties are named '\(property.name)'; a guest reads the first alone",
          at: node.path)
      }
    }
  }
}
