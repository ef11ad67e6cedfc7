/// Where one node stands; indices are into the arena's arrays.
struct NodeRecord: Sendable {
  var offset: UInt32
  var nameOffset: UInt32
  var nameLength: UInt32
  /// How long the name is without its unit address, and the same as ``nameLength`` where it has none.
  var baseNameLength: UInt32
  var parent: UInt32
  var firstProperty: UInt32
  var propertyCount: UInt32
  /// One past the last descendant: the nodes of a subtree are contiguous.
  var subtreeEnd: UInt32
}

/// Where one property stands.
struct PropertyRecord: Sendable {
  var node: UInt32
  /// The number of the name among the tree's.
  var name: UInt32
  var nameOffset: UInt32
  var valueOffset: UInt32
  var valueLength: UInt32
}

/// Walks the structure block once, iteratively: hostile nesting costs a stack entry, not a stack frame.
struct StructureParser {
  // FDT_BEGIN_NODE and its siblings: Devicetree Specification 0.4, section 5.4.1.
  private static let beginNode: UInt32 = 1
  private static let endNode: UInt32 = 2
  private static let property: UInt32 = 3
  private static let noOperation: UInt32 = 4
  private static let end: UInt32 = 9

  private static let numberedPlaces = 1 << 16

  let header: Header
  let limits: Limits
  var nodes: [NodeRecord] = []
  var properties: [PropertyRecord] = []
  /// The names of the properties.
  var names = TextTable()
  /// The number and one of the name at each place near the start of the strings block; 0 where none was
  /// met yet.
  ///
  /// Writers store a name once, so most properties need no more than this. A block may claim to be
  /// as large as the file.
  private var numbers: [UInt32]
  /// The open nodes, root first.
  private var open: [Int] = []

  init(header: Header, limits: Limits) {
    self.header = header
    self.limits = limits
    numbers = Array(
      repeating: 0, count: min(header.stringsEnd - header.stringsOffset, Self.numberedPlaces))
    // Measured over a thousand trees: about 90 bytes of structure a node, 24 a property.
    // The limits are the caller's, and may be anything.
    nodes.reserveCapacity(max(0, min(header.structureSize / 96 + 8, limits.maximumNodes)))
    properties.reserveCapacity(max(0, min(header.structureSize / 24 + 8, limits.maximumProperties)))
  }

  mutating func parse(_ bytes: Span<UInt8>) throws(DeviceTreeError) {
    let start = header.structureOffset
    let limit = start + header.structureSize
    var offset = start
    while true {
      guard offset <= limit - 4 else {
        throw DeviceTreeError(
          .truncated, "the structure block ends without FDT_END", byteOffset: offset)
      }
      let token = bytes.bigEndian32(at: offset)
      switch token {
      case Self.beginNode:
        offset = try begin(bytes, at: offset, limit: limit)
      case Self.property:
        offset = try readProperty(bytes, at: offset, limit: limit)
      case Self.endNode:
        guard let index = open.popLast() else {
          throw DeviceTreeError(
            .badStructure, "FDT_END_NODE without an open node", byteOffset: offset)
        }
        closeProperties()
        nodes[index].subtreeEnd = UInt32(nodes.count)
        offset += 4
      case Self.noOperation:
        offset += 4
      case Self.end:
        guard open.isEmpty, !nodes.isEmpty else {
          throw DeviceTreeError(
            .badStructure,
            nodes.isEmpty ? "the tree has no root node" : "FDT_END inside an open node",
            byteOffset: offset)
        }
        return
      default:
        throw DeviceTreeError(
          .badStructure, "\(hex(token)) is not a token of the structure block", byteOffset: offset)
      }
    }
  }

  private mutating func begin(
    _ bytes: Span<UInt8>, at offset: Int, limit: Int
  ) throws(DeviceTreeError) -> Int {
    if open.isEmpty, !nodes.isEmpty {
      throw DeviceTreeError(.badStructure, "a second root node", byteOffset: offset)
    }
    guard open.count < limits.maximumDepth else {
      throw DeviceTreeError(
        .limitExceeded, "nodes are nested more than \(limits.maximumDepth) deep",
        byteOffset: offset)
    }
    guard nodes.count < limits.maximumNodes else {
      throw DeviceTreeError(
        .limitExceeded, "more than \(limits.maximumNodes) nodes", byteOffset: offset)
    }
    let nameStart = offset + 4
    let nameEnd = try readName(
      bytes, at: nameStart, limit: limit, what: "a node name", block: "structure block")
    let baseNameEnd = bytes.first(UInt8(ascii: "@"), from: nameStart, to: nameEnd) ?? nameEnd
    closeProperties()
    nodes.append(
      NodeRecord(
        offset: UInt32(offset), nameOffset: UInt32(nameStart),
        nameLength: UInt32(nameEnd - nameStart),
        baseNameLength: UInt32(baseNameEnd - nameStart), parent: UInt32(open.last ?? 0),
        firstProperty: UInt32(properties.count), propertyCount: 0, subtreeEnd: 0))
    open.append(nodes.count - 1)
    return aligned(nameEnd + 1)
  }

  private mutating func readProperty(
    _ bytes: Span<UInt8>, at offset: Int, limit: Int
  ) throws(DeviceTreeError) -> Int {
    guard let index = open.last else {
      throw DeviceTreeError(.badStructure, "a property outside every node", byteOffset: offset)
    }
    // A property behind a child would break the contiguity of its node's properties. Neither dtc
    // nor libfdt writes one, and the specification forbids it (5.4.2).
    guard index == nodes.count - 1 else {
      throw DeviceTreeError(
        .badStructure, "a property behind a child node", byteOffset: offset)
    }
    guard properties.count < limits.maximumProperties else {
      throw DeviceTreeError(
        .limitExceeded, "more than \(limits.maximumProperties) properties", byteOffset: offset)
    }
    guard offset <= limit - 12 else {
      throw DeviceTreeError(.truncated, "a property is cut short", byteOffset: offset)
    }
    let length = Int(bytes.bigEndian32(at: offset + 4))
    let nameOffset = Int(bytes.bigEndian32(at: offset + 8))
    let valueOffset = offset + 12
    guard length <= limit - valueOffset else {
      throw DeviceTreeError(
        .truncated, "a property value of \(length) bytes runs past the structure block",
        byteOffset: offset + 4)
    }
    guard nameOffset < header.stringsEnd - header.stringsOffset else {
      throw DeviceTreeError(
        .badOffset, "a property name at \(hex(nameOffset)) lies outside the strings block",
        byteOffset: offset + 8)
    }
    properties.append(
      PropertyRecord(
        node: UInt32(index), name: try nameNumber(bytes, at: nameOffset),
        nameOffset: UInt32(header.stringsOffset + nameOffset),
        valueOffset: UInt32(valueOffset), valueLength: UInt32(length)))
    return aligned(valueOffset + length)
  }

  /// Notes how many properties the last node has, behind which comes no more of them.
  private mutating func closeProperties() {
    guard let last = nodes.indices.last else { return }
    nodes[last].propertyCount = UInt32(properties.count) - nodes[last].firstProperty
  }

  /// The number of the property name at `offset` of the strings block.
  private mutating func nameNumber(
    _ bytes: Span<UInt8>, at offset: Int
  ) throws(DeviceTreeError) -> UInt32 {
    if offset < numbers.count, numbers[offset] != 0 { return numbers[offset] - 1 }
    let start = header.stringsOffset + offset
    let end = try readName(
      bytes, at: start, limit: header.stringsEnd, what: "a property name", block: "strings block")
    let number = UInt32(names.number(insertingTextAt: start..<end, of: bytes))
    if offset < numbers.count { numbers[offset] = number + 1 }
    return number
  }

  /// The offset of the NUL behind the name at `start`.
  private func readName(
    _ bytes: Span<UInt8>, at start: Int, limit: Int, what: String, block: String
  ) throws(DeviceTreeError) -> Int {
    let longest = max(0, limits.maximumNameLength)
    guard limit - start > longest else {
      if let end = bytes.first(0, from: start, to: limit) { return end }
      throw DeviceTreeError(
        .unterminatedString, "\(what) runs past the \(block)", byteOffset: start)
    }
    // The NUL of the longest permitted name is one past its characters.
    if let end = bytes.first(0, from: start, to: start + longest + 1) { return end }
    throw DeviceTreeError(
      .limitExceeded, "\(what) is longer than \(longest) bytes", byteOffset: start)
  }

  /// The next token's offset: tokens are aligned to the block, which itself may be misaligned.
  private func aligned(_ offset: Int) -> Int {
    header.structureOffset + ((offset - header.structureOffset + 3) & ~3)
  }
}
