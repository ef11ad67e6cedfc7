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
  /// The node; nil for the memory reservation block.
  public let node: FlattenedTree.Node?
  /// The property; nil for the memory reservation block.
  public let property: FlattenedTree.Property?
  /// The first cell, and the cells behind it, that say so.
  public let cells: Range<Int>
  /// Where it stands in the file, in bytes.
  public let byteRange: Range<Int>

  /// The name of the owner: the node's, or `/memreserve/`.
  public var owner: String {
    switch kind {
    case .memoryReservation: "/memreserve/"
    case .initialRAMDisk: "initial RAM disk"
    default: node?.name ?? ""
    }
  }

  init(
    _ range: AddressRange, _ kind: Kind, _ property: FlattenedTree.Property, cells: Range<Int>
  ) {
    self.range = range
    self.kind = kind
    self.node = property.node
    self.property = property
    self.cells = cells
    self.byteRange = property.byteRange(ofCell: cells.lowerBound, count: cells.count)
  }

  init(_ range: AddressRange, reservation: MemoryReservation) {
    self.range = range
    self.kind = .memoryReservation
    self.node = nil
    self.property = nil
    self.cells = 0..<0
    self.byteRange = reservation.byteOffset..<(reservation.byteOffset + 16)
  }
}
