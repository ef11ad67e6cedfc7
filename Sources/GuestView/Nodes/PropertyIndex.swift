public import DeviceTree

/// The properties of a tree, grouped by name.
///
/// A tree has many properties and few names, so a rule that is about one name asks for it here
/// instead of walking all nodes, and a rule about names looks at each of them once. Of several
/// properties of one name in one node only the first is here, as for the guest.
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

    /// The property that `node` has, found in time log n however many properties the node has.
    public func property(of node: FlattenedTree.Node) -> FlattenedTree.Property? {
      let own = node.properties
      guard let first = own.first?.index else { return nil }
      var low = startIndex
      var high = endIndex
      while low < high {
        let middle = (low + high) / 2
        if Int(indices[middle]) < first { low = middle + 1 } else { high = middle }
      }
      guard low < endIndex, Int(indices[low]) < first + own.count else { return nil }
      return self[low]
    }
  }

  /// The names that occur, each once, in the order of their first property.
  public let names: [String]
  /// The properties behind the first of their name in their node, which nobody reads.
  public let repetitions: [FlattenedTree.Property]

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
    var latestNode: [Int] = []
    var repetitions: [FlattenedTree.Property] = []
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
          latestNode.append(-1)
          groups[name] = group
        }
        groupsByOffset[offset] = group
      }
      let node = property.node.index
      if latestNode[group] == node {
        repetitions.append(property)
        groupOfProperty.append(-1)
        continue
      }
      latestNode[group] = node
      groupOfProperty.append(Int32(group))
      counts[group] += 1
    }
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var next = starts
    var order = [Int32](repeating: 0, count: starts[starts.count - 1])
    for (index, group) in groupOfProperty.enumerated() where group >= 0 {
      order[next[Int(group)]] = Int32(index)
      next[Int(group)] += 1
    }
    self.tree = tree
    self.names = names
    self.repetitions = repetitions
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
