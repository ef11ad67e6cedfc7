public import DeviceTree

/// One entry of the `ranges` of a PCI host: addresses that it hands on to its functions.
///
/// **Source:** PCI Bus Binding to IEEE 1275, section 2.2.1.1; Linux `drivers/of/address.c`,
/// `of_bus_pci_get_flags`.
public struct PCIWindow: Sendable {
  /// The two bits of the space code.
  public enum Space: UInt32, Sendable, Hashable {
    /// Configuration space, which is no window.
    case configuration = 0
    /// I/O ports.
    case ports = 1
    /// Memory with 32-bit addresses.
    case memory32 = 2
    /// Memory with 64-bit addresses.
    case memory64 = 3
  }

  /// `ranges`.
  public let property: FlattenedTree.Property
  /// Its position in the property, in entries from 0.
  public let index: Int
  /// The cells that it takes.
  public let cells: Range<Int>
  /// What is reached through it.
  public let space: Space
  /// Whether the host may fetch ahead.
  public let isPrefetchable: Bool
  /// The first address on the PCI side.
  public let busAddress: UInt64
  /// The size, in bytes.
  public let size: UInt64
  /// The guest-physical addresses; nil where they can't be told, and for an empty window.
  public let range: AddressRange?

  /// Whether it is memory, of either width.
  public var isMemory: Bool { space == .memory32 || space == .memory64 }

  static func all(of host: FlattenedTree.Node, _ topology: Topology) -> [PCIWindow] {
    guard let property = host.property("ranges"), let above = host.parent else { return [] }
    let child = topology[host].cells
    let parentCells = topology[above].cells.address
    guard child.address == 3, child.isTranslatable, (1...4).contains(parentCells) else { return [] }
    let stride = child.address + parentCells + child.size
    return (0..<(property.cellCount / stride)).compactMap { index in
      let first = index * stride
      let sizeCell = first + child.address + parentCells
      guard let code = property.cell(first), let space = Space(rawValue: code >> 24 & 3),
        let busAddress = property.number(at: first + 1, cells: 2),
        let size = property.number(at: sizeCell, cells: child.size)
      else { return nil }
      let address = property.number(at: first + child.address, cells: parentCells)
      return PCIWindow(
        property: property, index: index, cells: first..<(first + stride), space: space,
        isPrefetchable: code & 0x4000_0000 != 0, busAddress: busAddress, size: size,
        range: try? topology.translate(address, size: size, on: above).get())
    }
  }
}
