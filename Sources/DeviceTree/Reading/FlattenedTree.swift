/// A flattened device tree as a guest would read it: its bytes, and an index of nodes and properties.
///
/// The bytes are walked once, bounds-checked, into two flat arrays. Everything else is a view:
/// ``Node`` and ``Property`` are an index and a reference to the tree. Nothing is copied, and every
/// value knows its byte offset in the file.
///
/// **Source:** Devicetree Specification 0.4, chapter 5.
public final class FlattenedTree: Sendable {
  /// The file, to its last byte.
  public let bytes: [UInt8]
  /// The checked header.
  public let header: Header
  /// The memory reservation block (`/memreserve/`), without its terminator.
  public let memoryReservations: [MemoryReservation]
  let nodeRecords: [NodeRecord]
  let propertyRecords: [PropertyRecord]

  /// Reads the tree in `bytes`.
  ///
  /// - Throws: ``DeviceTreeError`` with the byte offset of what could not be read. A tree that is
  ///   odd but readable (padding, NOPs, misaligned blocks, names outside the permitted set) is read.
  public init(_ bytes: [UInt8], limits: Limits = Limits()) throws(DeviceTreeError) {
    let span = bytes.span
    let header = try Header(span, limits: limits)
    self.memoryReservations = try MemoryReservation.readAll(span, header: header, limits: limits)
    var parser = StructureParser(header: header, limits: limits)
    try parser.parse(span)
    self.nodeRecords = parser.nodes
    self.propertyRecords = parser.properties
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

  /// The node that `path` names, as ``Node/path`` spells it; no aliases, no omitted unit addresses.
  public func node(at path: String) -> Node? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    var node = root
    for component in path.split(separator: "/") {
      guard let child = node.child(String(component)) else { return nil }
      node = child
    }
    return node
  }
}

/// One entry of the memory reservation block.
///
/// **Source:** Devicetree Specification 0.4, section 5.3.
public struct MemoryReservation: Sendable, Hashable {
  /// The first guest-physical address, in bytes.
  public var address: UInt64
  /// The size, in bytes.
  public var size: UInt64
  /// Where the entry stands in the file, in bytes; 0 for an entry that was not read from one.
  public var byteOffset: Int

  /// An entry of `size` bytes at `address`.
  public init(address: UInt64, size: UInt64, byteOffset: Int = 0) {
    self.address = address
    self.size = size
    self.byteOffset = byteOffset
  }

  static func readAll(
    _ bytes: Span<UInt8>, header: Header, limits: Limits
  ) throws(DeviceTreeError) -> [MemoryReservation] {
    var entries: [MemoryReservation] = []
    var offset = header.memoryReservationsOffset
    while true {
      guard offset <= header.totalSize - 16 else {
        throw DeviceTreeError(
          .truncated, "the memory reservation block has no end (an entry of size zero)",
          byteOffset: offset)
      }
      let address = bytes.bigEndian64(at: offset)
      let size = bytes.bigEndian64(at: offset + 8)
      // The specification ends the list with two zeros. Linux, libfdt and dtc end it at the first
      // size of zero, whatever the address; a guest sees no entry behind that.
      if size == 0 { return entries }
      guard entries.count < limits.maximumNodes else {
        throw DeviceTreeError(
          .limitExceeded, "more than \(limits.maximumNodes) memory reservations",
          byteOffset: offset)
      }
      entries.append(MemoryReservation(address: address, size: size, byteOffset: offset))
      offset += 16
    }
  }
}
