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
    for entry in tree.memoryReservations
    where entry.size == 0 || entry.address.addingReportingOverflow(entry.size - 1).overflow {
      throw ImportError(
        "the memory reservation of 0x\(String(entry.size, radix: 16)) bytes at "
          + "0x\(String(entry.address, radix: 16)) is "
          + (entry.size == 0 ? "empty" : "beyond 64 bits") + "; no description has such a one")
    }
    var check = Check(tree)
    for node in tree.nodes { try check.visit(node) }
  }

  /// What has been seen of a tree.
  private struct Check {
    private struct Sibling: Hashable {
      var parent: Int
      var name: String
    }

    private static let deepest = Limits().maximumDepth
    private var depths: [Int]
    private var siblings = Set<Sibling>()
    /// Names of properties have numbers: by their text, and by their place in the file.
    private var numbers: [String: Int] = [:]
    private var numbersByOffset: [Int: Int] = [:]
    /// The last node that had a property of each number.
    private var latest: [Int] = []

    init(_ tree: FlattenedTree) { depths = [Int](repeating: 1, count: tree.nodeCount) }

    mutating func visit(_ node: FlattenedTree.Node) throws(ImportError) {
      if let parent = node.parent {
        if let defect = node.nameDefect {
          throw ImportError("the name of a child \(defect)", at: parent.path)
        }
        depths[node.index] = depths[parent.index] + 1
        if depths[node.index] > Self.deepest {
          throw ImportError("nodes are nested more than \(Self.deepest) deep", at: parent.path)
        }
        if !siblings.insert(Sibling(parent: parent.index, name: node.name)).inserted {
          throw ImportError(
            "two children are named '\(node.name)'; the names of siblings have to differ",
            at: parent.path)
        }
      }
      for property in node.properties {
        let number = try number(of: property)
        if latest[number] == node.index {
          throw ImportError(
            "two properties are named '\(property.name)'; a guest reads the first alone",
            at: node.path)
        }
        latest[number] = node.index
      }
    }

    private mutating func number(of property: FlattenedTree.Property) throws(ImportError) -> Int {
      let offset = property.nameByteRange.lowerBound
      if let known = numbersByOffset[offset] { return known }
      if let defect = property.nameDefect {
        throw ImportError("the name of a property \(defect)", at: property.node.path)
      }
      let number = numbers[property.name] ?? latest.count
      if number == latest.count {
        latest.append(-1)
        numbers[property.name] = number
      }
      numbersByOffset[offset] = number
      return number
    }
  }
}
