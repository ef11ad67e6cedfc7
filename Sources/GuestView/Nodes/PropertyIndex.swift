public import DeviceTree

/// The properties of a tree, grouped by name.
///
/// A tree has many properties and few names, so a rule that is about one name asks for it here
/// instead of walking all nodes, and a rule about names looks at each of them once.
public struct PropertyIndex: Sendable {
  /// The properties of one name, in document order.
  public struct Matches: RandomAccessCollection, Sendable {
    private let tree: FlattenedTree
    private let indices: ArraySlice<Int32>

    init(_ tree: FlattenedTree, _ indices: ArraySlice<Int32>) {
      self.tree = tree
      self.indices = indices
    }

    /// The position of the first property.
    public var startIndex: Int { indices.startIndex }
    /// One past the position of the last property.
    public var endIndex: Int { indices.endIndex }
    /// The property at `position`.
    public subscript(position: Int) -> FlattenedTree.Property {
      tree.properties[Int(indices[position])]
    }
  }

  /// The names that occur, each once, in the order of their first property.
  public let names: [String]

  private let tree: FlattenedTree
  /// Looked up, never walked.
  private let groups: [String: Int]
  /// Where the group of each name starts in `order`, and where the last one ends.
  private let starts: [Int]
  private let order: [Int32]

  init(_ tree: FlattenedTree) {
    var names: [String] = []
    var groups: [String: Int] = [:]
    // Writers store a name once; its place in the file stands for it.
    var groupsByOffset: [Int: Int] = [:]
    var groupOfProperty: [Int32] = []
    groupOfProperty.reserveCapacity(tree.propertyCount)
    var counts: [Int] = []
    for property in tree.properties {
      let offset = property.nameByteRange.lowerBound
      let group: Int
      if let known = groupsByOffset[offset] {
        group = known
      } else {
        let name = property.name
        group = groups[name] ?? names.count
        if group == names.count {
          names.append(name)
          counts.append(0)
          groups[name] = group
        }
        groupsByOffset[offset] = group
      }
      groupOfProperty.append(Int32(group))
      counts[group] += 1
    }
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var next = starts
    var order = [Int32](repeating: 0, count: groupOfProperty.count)
    for (index, group) in groupOfProperty.enumerated() {
      order[next[Int(group)]] = Int32(index)
      next[Int(group)] += 1
    }
    self.tree = tree
    self.names = names
    self.groups = groups
    self.starts = starts
    self.order = order
  }

  /// Every property of this name, in document order.
  public func properties(named name: String) -> Matches {
    guard let group = groups[name] else { return Matches(tree, order[0..<0]) }
    return Matches(tree, order[starts[group]..<starts[group + 1]])
  }
}
