/// A flattened device tree as a guest would read it: its bytes, and an index of nodes and properties.
///
/// The bytes are walked once, bounds-checked, into two flat arrays. Everything else is a view:
/// ``Node`` and ``Property`` are an index and a reference to the tree. Nothing is copied, and every
/// value knows its byte offset in the file.
///
/// **Source:** Devicetree Specification 0.4, chapter 5.
public final class FlattenedTree: Sendable {
  /// The file, as far as it was read.
  public let bytes: [UInt8]
  /// The checked header.
  public let header: Header
  /// The memory reservation block (`/memreserve/`), without its terminator.
  public let memoryReservations: [MemoryReservation]
  let nodeRecords: [NodeRecord]
  let propertyRecords: [PropertyRecord]
  /// The names of the properties, each once, in the order of their first property.
  public let propertyNames: TextTable

  /// Reads the tree in `bytes`.
  ///
  /// They may be less than the file, whose size is then given, but not than what its tree needs; see
  /// ``sizeNeeded(of:)``.
  ///
  /// - Throws: ``DeviceTreeError`` with the byte offset of what could not be read. A tree that is
  ///   odd but readable (padding, NOPs, misaligned blocks, names outside the permitted set) is read.
  public init(
    _ bytes: [UInt8], fileSize: Int? = nil, limits: Limits = Limits()
  ) throws(DeviceTreeError) {
    let span = bytes.span
    let header = try Header(span, fileSize: fileSize ?? bytes.count, limits: limits)
    guard header.blocksEnd <= bytes.count else {
      throw DeviceTreeError(
        .truncated, "\(bytes.count) of \(header.blocksEnd) bytes were read", byteOffset: 4)
    }
    self.memoryReservations = try MemoryReservation.readAll(span, header: header, limits: limits)
    var parser = StructureParser(header: header, limits: limits)
    try parser.parse(span)
    self.nodeRecords = parser.nodes
    self.propertyRecords = parser.properties
    self.propertyNames = parser.names
    self.header = header
    self.bytes = bytes
  }

  /// The root node.
  public var root: Node { Node(tree: self, index: 0) }

  /// The number of nodes, the root included; at least 1.
  public var nodeCount: Int { nodeRecords.count }

  /// The number of properties.
  public var propertyCount: Int { propertyRecords.count }

  /// Every node in document order, the root first.
  public var nodes: Nodes { Nodes(tree: self, range: 0..<nodeRecords.count) }

  /// Every property in document order.
  public var properties: Properties { Properties(tree: self, range: 0..<propertyRecords.count) }

  /// The number among ``propertyNames`` of a name; nil where no property has it.
  public func number(ofPropertyName name: String) -> Int? {
    let bytes = bytes
    return propertyNames.number(of: name.utf8.span, in: bytes.span)
  }

  /// The name that is number `number` of ``propertyNames``.
  public func propertyName(_ number: Int) -> String {
    text(of: propertyNames.byteRange(of: number))
  }

  /// The node that `path` names, as ``Node/path`` spells it; no aliases, no omitted unit addresses.
  public func node(at path: String) -> Node? {
    position(at: path.utf8.span) { child(of: $0, named: $1) }.map { Node(tree: self, index: $0) }
  }

  /// The position of the node at an absolute path, whose steps `child` takes: from a position, by a name.
  func position(
    at path: borrowing Span<UInt8>, child: (Int, borrowing Span<UInt8>) -> Int?
  ) -> Int? {
    let slash = UInt8(ascii: "/")
    guard path.count > 0, path[0] == slash else { return nil }
    var node = 0
    var start = 1
    while start < path.count {
      let end = path.first(slash, from: start, to: path.count) ?? path.count
      if end > start {
        guard let child = child(node, path.extracting(start..<end)) else { return nil }
        node = child
      }
      start = end + 1
    }
    return node
  }

  /// The position of the first child of the node at `index` with this name.
  func child(of index: Int, named name: borrowing Span<UInt8>) -> Int? {
    let end = Int(nodeRecords[index].subtreeEnd)
    let file = bytes
    let bytes = file.span
    var child = index + 1
    while child < end {
      let record = nodeRecords[child]
      if Int(record.nameLength) == name.count,
        bytes.holds(name, at: Int(record.nameOffset))
      {
        return child
      }
      child = Int(record.subtreeEnd)
    }
    return nil
  }
}
