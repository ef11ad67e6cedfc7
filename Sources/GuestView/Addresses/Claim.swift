public import DeviceTree

/// Somebody who claims guest-physical addresses.
public struct Claim: Sendable {
  /// What the addresses are claimed as.
  public enum Kind: Int, Sendable, Hashable, Comparable {
    /// Memory, by a `/memory` node.
    case memory
    /// A region of `/reserved-memory`.
    case reservedRegion
    /// An entry of the memory reservation block.
    case memoryReservation
    /// The initial RAM disk.
    case initialRAMDisk
    /// The registers of a device; for a PCI host its configuration space.
    case deviceWindow
    /// A window of a PCI host, in which its functions get their addresses.
    case pciWindow

    /// Orders by the place in this list.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// The addresses.
  public let range: AddressRange
  /// What they are claimed as.
  public let kind: Kind
  private let tree: FlattenedTree
  /// The position of the property, or of the entry in the memory reservation block.
  private let position: Int32
  private let firstCell: Int32
  private let cellCount: Int32

  init(
    _ range: AddressRange, _ kind: Kind, _ property: FlattenedTree.Property, cells: Range<Int>
  ) {
    self.init(range, kind, property.tree, property: property.index, cells: cells)
  }

  init(
    _ range: AddressRange, _ kind: Kind, _ tree: FlattenedTree, property: Int, cells: Range<Int>
  ) {
    self.range = range
    self.kind = kind
    self.tree = tree
    position = Int32(property)
    // A value has less than 2^32 bytes, and so fewer cells than these numbers hold.
    firstCell = Int32(cells.lowerBound)
    cellCount = Int32(cells.count)
  }

  init(_ range: AddressRange, reservation: Int, of tree: FlattenedTree) {
    self.init(range, .memoryReservation, tree, property: reservation, cells: 0..<0)
  }
}

extension Claim {
  /// The property; nil for the memory reservation block.
  public var property: FlattenedTree.Property? {
    kind == .memoryReservation ? nil : tree.properties[Int(position)]
  }

  /// The node; nil for the memory reservation block.
  public var node: FlattenedTree.Node? { property?.node }

  /// The first cell, and the cells behind it, that say so.
  public var cells: Range<Int> { Int(firstCell)..<Int(firstCell + cellCount) }

  /// Where it stands in the file, in bytes.
  public var byteRange: Range<Int> {
    if let property { return property.byteRange(ofCell: Int(firstCell), count: Int(cellCount)) }
    let start = tree.memoryReservations[Int(position)].byteOffset
    return start..<(start + 16)
  }

  /// The name of the owner: the node's, or `/memreserve/`.
  public var owner: String {
    switch kind {
    case .memoryReservation: "/memreserve/"
    case .initialRAMDisk: "initial RAM disk"
    default: node?.name ?? ""
    }
  }
}
