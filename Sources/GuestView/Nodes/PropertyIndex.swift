public import DeviceTree

/// The properties of a tree, grouped by name.
///
/// A tree has many properties and few names, so a rule that is about one name asks for it here
/// instead of walking all nodes, and a rule about names looks at each of them once. Of several
/// properties of one name in one node only the first is here, as for the guest.
public struct PropertyIndex: Sendable {
  /// The properties of one name, in document order.
  public struct Matches: RandomAccessCollection, Sendable {
    let tree: FlattenedTree
    /// The positions of the properties in the tree.
    public let positions: ArraySlice<Int32>

    init(_ tree: FlattenedTree, _ positions: ArraySlice<Int32>) {
      self.tree = tree
      self.positions = positions
    }

    /// The position of the first property.
    public var startIndex: Int { positions.startIndex }
    /// One past the position of the last property.
    public var endIndex: Int { positions.endIndex }
    /// The property at `position`.
    public subscript(position: Int) -> FlattenedTree.Property {
      tree.properties[Int(positions[position])]
    }

    /// The property that `node` has, found in time log n however many properties the node has.
    public func property(of node: FlattenedTree.Node) -> FlattenedTree.Property? {
      property(ofNodeAt: node.index)
    }

    /// The same for the node at a position.
    public func property(ofNodeAt index: Int) -> FlattenedTree.Property? {
      position(ofNodeAt: index).map { tree.properties[$0] }
    }

    /// The position of that property in the tree.
    public func position(ofNodeAt index: Int) -> Int? {
      let own = tree.propertyRange(ofNodeAt: index)
      var low = startIndex
      var high = endIndex
      while low < high {
        let middle = (low + high) / 2
        if Int(positions[middle]) < own.lowerBound { low = middle + 1 } else { high = middle }
      }
      guard low < endIndex, Int(positions[low]) < own.upperBound else { return nil }
      return Int(positions[low])
    }
  }

  /// The properties behind the first of their name in their node, which nobody reads.
  public let repetitions: [FlattenedTree.Property]

  private let tree: FlattenedTree
  /// Where the group of each name starts in `order`, and where the last one ends.
  private let starts: [Int32]
  private let order: [Int32]

  init(_ tree: FlattenedTree) {
    let count = tree.propertyNames.count
    var latestNode = [Int](repeating: -1, count: count)
    var sizes = [Int32](repeating: 0, count: count)
    var groups = [Int32](repeating: -1, count: tree.propertyCount)
    var repetitions: [FlattenedTree.Property] = []
    for index in 0..<tree.propertyCount {
      let name = tree.nameNumber(ofPropertyAt: index)
      let node = tree.node(ofPropertyAt: index)
      if latestNode[name] == node {
        repetitions.append(tree.properties[index])
        continue
      }
      latestNode[name] = node
      groups[index] = Int32(name)
      sizes[name] += 1
    }
    self.init(tree, groups, sizes: sizes, repetitions: repetitions)
  }

  /// The properties of `other` in nodes that `accepts` takes by their position.
  init(_ other: PropertyIndex, where accepts: (Int) -> Bool) {
    let tree = other.tree
    var starts: [Int32] = [0]
    starts.reserveCapacity(other.starts.count)
    var order: [Int32] = []
    order.reserveCapacity(other.order.count)
    for name in 0..<(other.starts.count - 1) {
      for position in Int(other.starts[name])..<Int(other.starts[name + 1])
      where accepts(tree.node(ofPropertyAt: Int(other.order[position]))) {
        order.append(other.order[position])
      }
      starts.append(Int32(order.count))
    }
    self.tree = tree
    self.repetitions = []
    self.starts = starts
    self.order = order
  }

  /// From the group of each property, -1 for those that are in none.
  private init(
    _ tree: FlattenedTree, _ groups: [Int32], sizes: [Int32],
    repetitions: [FlattenedTree.Property]
  ) {
    (starts, order) = Grouping.order(groups, sizes: sizes)
    self.tree = tree
    self.repetitions = repetitions
  }

  /// Every property of this name, in document order.
  public func properties(named name: String) -> Matches {
    guard let number = tree.number(ofPropertyName: name) else {
      return Matches(tree, order[0..<0])
    }
    return properties(nameNumber: number)
  }

  /// Every property whose name is number `number` of ``FlattenedTree/propertyNames``.
  public func properties(nameNumber number: Int) -> Matches {
    Matches(tree, order[Int(starts[number])..<Int(starts[number + 1])])
  }
}

extension PropertyIndex {
  /// The names that occur, each once, in the order of their first property.
  public var names: [String] { (0..<tree.propertyNames.count).map(tree.propertyName) }

  /// The numbers of the names that end in `suffix`, in ascending order.
  public func nameNumbers(endingIn suffix: String) -> [Int] {
    let bytes = tree.bytes
    return tree.propertyNames.numbers(endingIn: suffix.utf8.span, in: bytes.span)
  }
}
