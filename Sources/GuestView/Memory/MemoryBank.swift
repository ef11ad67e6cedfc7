public import DeviceTree

/// One range of RAM that a `/memory` node describes.
///
/// **Source:** Linux `drivers/of/fdt.c`, `early_init_dt_scan_memory`: a child of the root whose
/// `device_type` is exactly `memory` and which is available; its name doesn't matter.
public struct MemoryBank: Sendable {
  /// The node.
  public let node: FlattenedTree.Node
  /// `reg`, or `linux,usable-memory` where there is one.
  public let property: FlattenedTree.Property
  /// The cells of the entry.
  public let cells: Range<Int>
  /// The addresses.
  public let range: AddressRange

  static func all(in topology: Topology) -> [MemoryBank] {
    let root = topology.tree.root
    let cells = topology[root].cells
    guard cells.isTranslatable else { return [] }
    var banks: [MemoryBank] = []
    for node in root.children {
      guard node.property("device_type")?.isString("memory") ?? false, topology[node].isAvailable,
        let property = node.property("linux,usable-memory") ?? node.property("reg")
      else { continue }
      for index in 0..<(property.cellCount / cells.entry) {
        let first = index * cells.entry
        guard let address = property.number(at: first, cells: cells.address),
          let size = property.number(at: first + cells.address, cells: cells.size),
          let range = AddressRange(at: address, size: size)
        else { continue }
        banks.append(
          MemoryBank(
            node: node, property: property, cells: first..<(first + cells.entry), range: range))
      }
    }
    return banks
  }
}
