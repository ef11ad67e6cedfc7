public import DeviceTree

/// The same tree with siblings in the opposite order, at every level: what is said of one must hold
/// for the other.
public enum ExampleReversal {
  /// The blob of the reversed tree.
  public static func blob(of tree: FlattenedTree) -> [UInt8] {
    var strings: [UInt8] = []
    var structure: [UInt8] = []
    append(tree.root, to: &structure, &strings)
    append(9, to: &structure)
    var reservations: [UInt8] = []
    for entry in tree.memoryReservations {
      append64(entry.address, to: &reservations)
      append64(entry.size, to: &reservations)
    }
    reservations += [UInt8](repeating: 0, count: 16)
    let structureOffset = 40 + reservations.count
    let stringsOffset = structureOffset + structure.count
    var blob: [UInt8] = []
    let fields = [
      0xd00d_feed, stringsOffset + strings.count, structureOffset, stringsOffset, 40, 17, 16, 0,
      strings.count, structure.count,
    ]
    for field in fields { append(UInt32(field), to: &blob) }
    return blob + reservations + structure + strings
  }

  private static func append(
    _ node: FlattenedTree.Node, to structure: inout [UInt8], _ strings: inout [UInt8]
  ) {
    append(1, to: &structure)
    structure += Array(node.name.utf8) + [0]
    pad(&structure)
    for property in node.properties {
      append(3, to: &structure)
      append(UInt32(property.count), to: &structure)
      append(UInt32(strings.count), to: &structure)
      strings += Array(property.name.utf8) + [0]
      structure += property.bytes
      pad(&structure)
    }
    for child in Array(node.children).reversed() { append(child, to: &structure, &strings) }
    append(2, to: &structure)
  }

  private static func pad(_ bytes: inout [UInt8]) {
    while bytes.count % 4 != 0 { bytes.append(0) }
  }

  private static func append(_ cell: UInt32, to bytes: inout [UInt8]) {
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: cell >> shift)) }
  }

  private static func append64(_ number: UInt64, to bytes: inout [UInt8]) {
    append(UInt32(truncatingIfNeeded: number >> 32), to: &bytes)
    append(UInt32(truncatingIfNeeded: number), to: &bytes)
  }
}
