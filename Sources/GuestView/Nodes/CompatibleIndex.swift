import DeviceTree

/// The strings of all `compatible` properties, and the nodes that list them.
///
/// Most strings of a tree occur in many nodes, and a rule is about a few strings, so that nodes are
/// looked up here instead of being asked one by one.
public struct CompatibleIndex: Sendable {
  private let tree: FlattenedTree
  private let texts: TextTable
  /// Where the nodes of each text start in `nodes`, and where the last ones end.
  private let starts: [Int32]
  private let nodes: [Int32]

  init(_ properties: PropertyIndex.Matches) {
    let tree = properties.tree
    let file = tree.bytes
    let bytes = file.span
    var texts = TextTable()
    var sizes: [Int32] = []
    var latestProperty: [Int32] = []
    // One for each string that a property lists, however often it does.
    var groups: [Int32] = []
    var owners: [Int32] = []
    for position in properties.positions {
      let property = tree.properties[Int(position)]
      let end = property.byteRange.upperBound
      var start = property.byteRange.lowerBound
      while start < end {
        var stop = start
        while stop < end, bytes[stop] != 0 { stop += 1 }
        defer { start = stop + 1 }
        guard stop > start else { continue }
        let number = texts.number(insertingTextAt: start..<stop, of: bytes)
        if number == sizes.count {
          sizes.append(0)
          latestProperty.append(-1)
        }
        guard latestProperty[number] != Int32(property.index) else { continue }
        latestProperty[number] = Int32(property.index)
        sizes[number] += 1
        groups.append(Int32(number))
        owners.append(Int32(tree.node(ofPropertyAt: property.index)))
      }
    }
    let (starts, order) = Grouping.order(groups, sizes: sizes)
    self.tree = tree
    self.texts = texts
    self.starts = starts
    nodes = order.map { owners[Int($0)] }
  }

  /// The nodes that list `text`, as Linux compares it: without regard to case.
  public func nodes(listing text: String) -> NodeList {
    let bytes = tree.bytes
    return nodes(ofAny: texts.numbers(of: text.utf8.span, ignoringCaseIn: bytes.span))
  }

  /// The nodes that list any of `texts`, each once.
  func nodes(listingAny texts: [String]) -> NodeList {
    texts.reduce(into: NodeList(tree, [])) { $0 = $0.union(nodes(listing: $1)) }
  }

  /// How many texts there are, each spelling counted.
  public var count: Int { texts.count }

  /// Where text `number` stands for the first time, in bytes of the file; never empty.
  public func byteRange(of number: Int) -> Range<Int> { texts.byteRange(of: number) }

  /// The nodes that list any of the texts `numbers` as they are spelt.
  public func nodes(ofAny numbers: [Int]) -> NodeList {
    guard let first = numbers.first else { return NodeList(tree, []) }
    if numbers.count == 1 { return NodeList(tree, nodes(of: first)) }
    return NodeList(tree, merging: numbers.flatMap(nodes(of:)))
  }

  private func nodes(of number: Int) -> ArraySlice<Int32> {
    nodes[Int(starts[number])..<Int(starts[number + 1])]
  }
}
