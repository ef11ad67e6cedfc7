extension FlattenedTree {
  /// A property of a flattened tree: an index and a reference to the tree.
  public struct Property: Sendable {
    /// The tree it stands in.
    public let tree: FlattenedTree
    /// Its position among all properties of the tree.
    public let index: Int

    var record: PropertyRecord { tree.propertyRecords[index] }

    /// The node that carries it.
    public var node: Node { Node(tree: tree, index: Int(record.node)) }

    /// The name, from the strings block.
    public var name: String { tree.text(of: nameByteRange) }

    /// The number of the name among ``FlattenedTree/propertyNames``, the same for all properties of
    /// one name.
    public var nameNumber: Int { Int(record.name) }

    /// Where the name stands in the file, in bytes; properties of one name usually share it.
    public var nameByteRange: Range<Int> {
      let record = record
      let start = Int(record.nameOffset)
      return start..<(start + tree.propertyNames.byteRange(of: Int(record.name)).count)
    }

    /// The length of the value, in bytes.
    public var count: Int { Int(record.valueLength) }

    /// Where the value stands in the file, in bytes.
    public var byteRange: Range<Int> {
      let start = Int(record.valueOffset)
      return start..<(start + count)
    }

    /// The value.
    public var bytes: ArraySlice<UInt8> { tree.bytes[byteRange] }

    /// Whether the name is `name`; no string is made.
    public func isNamed(_ name: String) -> Bool { tree.holds(name, at: nameByteRange) }

    /// The number of whole 32-bit cells in the value.
    public var cellCount: Int { count / 4 }

    /// Cell `index`, or nil past the last whole one.
    public func cell(_ index: Int) -> UInt32? { tree.cell(index, ofPropertyAt: self.index) }

    /// Where cells `index..<index + count` stand in the file, in bytes.
    public func byteRange(ofCell index: Int, count: Int = 1) -> Range<Int> {
      let start = Int(record.valueOffset) + 4 * index
      return start..<(start + 4 * count)
    }

    /// The number in `count` cells from cell `index`, most significant first.
    ///
    /// Nil where the value is too short, or where the number needs more than 64 bits. No cells make 0.
    public func number(at index: Int, cells count: Int) -> UInt64? {
      guard index >= 0, count >= 0, index <= cellCount, count <= cellCount - index else {
        return nil
      }
      var value: UInt64 = 0
      for offset in 0..<count {
        guard value >> 32 == 0, let cell = cell(index + offset) else { return nil }
        value = value << 32 | UInt64(cell)
      }
      return value
    }

    /// The value as one 32-bit cell; nil unless it is exactly four bytes.
    public var u32: UInt32? { count == 4 ? cell(0) : nil }

    /// The value as a string list; nil unless it is NUL-terminated, not empty, and valid UTF-8.
    public var strings: [String]? {
      let bytes = bytes
      guard bytes.last == 0 else { return nil }
      var result: [String] = []
      for part in bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
        guard let text = String(validating: part, as: UTF8.self) else { return nil }
        result.append(text)
      }
      return result
    }

    /// The value as one string; nil unless it is exactly one NUL-terminated string.
    public var string: String? {
      guard let strings, strings.count == 1 else { return nil }
      return strings[0]
    }

    /// Whether the string list holds `text`, byte for byte; bytes behind the last NUL are no string.
    public func contains(_ text: StaticString) -> Bool {
      let wanted = text.description.utf8
      guard wanted.count < count else { return false }
      let bytes = tree.bytes
      let end = byteRange.upperBound
      var start = byteRange.lowerBound
      while start < end {
        guard let nul = bytes.span.first(0, from: start, to: end) else { return false }
        if nul - start == wanted.count, bytes[start..<nul].elementsEqual(wanted) {
          return true
        }
        start = nul + 1
      }
      return false
    }
  }

  /// The properties of one node, in document order.
  public struct Properties: RandomAccessCollection, Sendable {
    let tree: FlattenedTree
    let range: Range<Int>

    /// The position of the first property.
    public var startIndex: Int { range.lowerBound }
    /// One past the position of the last property.
    public var endIndex: Int { range.upperBound }
    /// The property at `position`.
    public subscript(position: Int) -> Property { Property(tree: tree, index: position) }
  }
}
