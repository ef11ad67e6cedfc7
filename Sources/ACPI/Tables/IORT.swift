/// How requests of devices reach an SMMU or an ITS: the table `IORT`.
///
/// **Source:** Arm DEN 0049E, IO Remapping Table, issue E.e.
public struct IORT: Hashable, Sendable {
  /// The nodes in order; mappings name them by their numbers.
  public var nodes: [IORTNode]

  /// A table of these nodes.
  public init(_ nodes: [IORTNode]) { self.nodes = nodes }

  /// The size of the table's own fields, the header included.
  private static let head = 48

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, cut short, or maps to what is no node.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "IORT")
    let count = Int(try reader.doubleWord(36))
    var offset = Int(try reader.doubleWord(40))
    var parts: [TableReader] = []
    var numbers: [UInt32: Int] = [:]
    while parts.count < count {
      let length = Int(try reader.word(offset + 1))
      guard length >= 16 else {
        throw ACPIError(
          .badLength, "a node of IORT of \(length) bytes", byteOffset: reader.place(offset + 1))
      }
      numbers[UInt32(truncatingIfNeeded: offset)] = parts.count
      parts.append(try reader.part(offset, length, "a node of IORT"))
      offset += length
    }
    nodes = []
    for part in parts { nodes.append(try IORTNode(part, numbers)) }
  }

  /// The whole table.
  ///
  /// - Throws: ``ACPIError/Code/notWritable`` where a mapping names no node, a name isn't ASCII, or
  ///   a node is too long.
  public func bytes() throws(ACPIError) -> [UInt8] {
    try Self.header(oemTableID: "DTGENIOR").table(body())
  }

  /// The header of such a table.
  ///
  /// Linux looks at nodes of reserved memory from revision 5 on: `drivers/acpi/arm64/iort.c`,
  /// `iort_find_rmrs`.
  public static func header(oemTableID: String) -> TableHeader {
    TableHeader("IORT", revision: 6, oemTableID: oemTableID)
  }

  /// What stands behind the header.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``, as ``bytes()``.
  public func body() throws(ACPIError) -> [UInt8] {
    var offsets: [UInt32] = []
    var offset = Self.head
    for node in nodes {
      guard let place = UInt32(exactly: offset) else {
        throw ACPIError(.notWritable, "nodes of IORT of more than 4 GiB")
      }
      offsets.append(place)
      offset += try node.size()
    }
    var body = TableBody()
    guard let count = UInt32(exactly: nodes.count) else {
      throw ACPIError(.notWritable, "\(nodes.count) nodes of IORT, whose number has 32 bits")
    }
    body.add(count)
    body.add(UInt32(Self.head))
    body.reserve(4)
    for (number, node) in nodes.enumerated() {
      try node.write(to: &body, number: UInt32(truncatingIfNeeded: number), offsets)
    }
    return body.bytes
  }
}
