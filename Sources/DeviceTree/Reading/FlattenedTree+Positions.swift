/// Positions alone, for what looks at every node or property: values that refer to the tree would be
/// counted each time.
extension FlattenedTree {
  /// The position of the node that the node at `index` stands in; nil for the root.
  public func parent(ofNodeAt index: Int) -> Int? {
    index == 0 ? nil : Int(nodeRecords[index].parent)
  }

  /// One past the position of the last node below the node at `index`.
  public func subtreeEnd(ofNodeAt index: Int) -> Int { Int(nodeRecords[index].subtreeEnd) }

  /// Where the name of the node at `index` stands in the file, in bytes.
  public func nameByteRange(ofNodeAt index: Int) -> Range<Int> {
    let record = nodeRecords[index]
    return Int(record.nameOffset)..<(Int(record.nameOffset) + Int(record.nameLength))
  }

  /// Where that name stands without its unit address, in bytes.
  public func baseNameByteRange(ofNodeAt index: Int) -> Range<Int> {
    let record = nodeRecords[index]
    return Int(record.nameOffset)..<(Int(record.nameOffset) + Int(record.baseNameLength))
  }

  /// Where what follows the first `@` of that name stands, in bytes; nil without an `@`.
  public func unitAddressByteRange(ofNodeAt index: Int) -> Range<Int>? {
    let record = nodeRecords[index]
    guard record.baseNameLength < record.nameLength else { return nil }
    let start = Int(record.nameOffset)
    return (start + Int(record.baseNameLength) + 1)..<(start + Int(record.nameLength))
  }

  /// The positions of the properties of the node at `index`.
  public func propertyRange(ofNodeAt index: Int) -> Range<Int> {
    let first = Int(nodeRecords[index].firstProperty)
    return first..<(first + Int(nodeRecords[index].propertyCount))
  }

  /// The position of the node that carries the property at `index`.
  public func node(ofPropertyAt index: Int) -> Int { Int(propertyRecords[index].node) }

  /// Where the value of the property at `index` stands in the file, in bytes.
  public func valueByteRange(ofPropertyAt index: Int) -> Range<Int> {
    let record = propertyRecords[index]
    return Int(record.valueOffset)..<(Int(record.valueOffset) + Int(record.valueLength))
  }

  /// Cell `cell` of the property at `index`, or nil past the last whole one.
  public func cell(_ cell: Int, ofPropertyAt index: Int) -> UInt32? {
    let record = propertyRecords[index]
    guard cell >= 0, cell < Int(record.valueLength) / 4 else { return nil }
    let bytes = bytes
    return bytes.span.bigEndian32(at: Int(record.valueOffset) + 4 * cell)
  }

  /// The number among ``propertyNames`` of the name of the property at `index`.
  public func nameNumber(ofPropertyAt index: Int) -> Int { Int(propertyRecords[index].name) }

  /// The number among ``propertyNames`` that the name of the node at `index` has; nil where no
  /// property is called so.
  public func propertyNameNumber(ofNodeAt index: Int) -> Int? {
    let file = bytes
    let bytes = file.span
    return propertyNames.number(of: nameByteRange(ofNodeAt: index), in: bytes)
  }
}

extension FlattenedTree {
  /// The nodes whose name before the first `@` is one of `names`, in document order.
  public func nodes(withBaseNames names: [String]) -> [Node] {
    var found: [Int] = []
    for name in names { appendNodes(withBaseName: name, to: &found) }
    if names.count > 1 { found.sort() }
    return found.map { Node(tree: self, index: $0) }
  }

  private func appendNodes(withBaseName name: String, to found: inout [Int]) {
    let name = name.utf8.span
    let file = bytes
    let bytes = file.span
    for index in nodeRecords.indices where Int(nodeRecords[index].baseNameLength) == name.count {
      if bytes.holds(name, at: Int(nodeRecords[index].nameOffset)) { found.append(index) }
    }
  }

  /// The positions of the nodes that may have two children with the same text, in ascending order.
  ///
  /// `range` says where the text of the node at a position stands in the file, in bytes; nil for a
  /// node that is left out. A node that has two such children is always there; one that has none
  /// seldom is. Takes time in proportion to the number of nodes, whatever is in the file.
  public func parentsOfEqualChildren(_ range: (Int) -> Range<Int>?) -> [Int] {
    // A table without chains: what finds no place in it is looked at by the caller.
    let capacity = 2 << (Int.bitWidth - nodeCount.leadingZeroBitCount)
    var keys = [UInt64](repeating: 0, count: capacity)
    var parents: [Int] = []
    let file = bytes
    let bytes = file.span
    for index in nodeRecords.indices.dropFirst() {
      guard let range = range(index) else { continue }
      let parent = Int(nodeRecords[index].parent)
      // Never 0, which stands for a free place.
      let key = (bytes.hash(of: range) &+ UInt64(parent) &* 0x9e37_79b9_7f4a_7c15) | 1
      var place = Int(truncatingIfNeeded: key >> 1) & (capacity - 1)
      var probes = 0
      while keys[place] != 0, keys[place] != key, probes < 16 {
        place = (place + 1) & (capacity - 1)
        probes += 1
      }
      if keys[place] == 0 {
        keys[place] = key
      } else {
        parents.append(parent)
      }
    }
    parents.sort()
    var unique: [Int] = []
    for parent in parents where unique.last != parent { unique.append(parent) }
    return unique
  }
}
