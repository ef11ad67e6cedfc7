public import DeviceTree

/// An `iommu-map` or `msi-map`: which IOMMU or MSI controller a requester ID belongs to.
///
/// **Source:** Linux `drivers/of/base.c`, `of_map_id`.
public struct RequesterMap: Sendable {
  /// One entry of four cells: first requester ID, phandle, first output ID, number of IDs.
  public struct Row: Sendable {
    /// Its position in the property, in entries from 0.
    public let index: Int
    /// The first requester ID.
    public let first: UInt32
    /// The phandle of the IOMMU or MSI controller.
    public let phandle: UInt32
    /// The node that it names; nil where it names none.
    public let target: FlattenedTree.Node?
    /// The first ID on the other side.
    public let output: UInt32
    /// How many IDs there are.
    public let length: UInt32

    /// The cells that it takes.
    public var cells: Range<Int> { (4 * index)..<(4 * index + 4) }

    /// The requester IDs; nil where there is none.
    public var range: AddressRange? { AddressRange(at: UInt64(first), size: UInt64(length)) }
  }

  /// `iommu-map` or `msi-map`.
  public let property: FlattenedTree.Property
  /// Which bits of a requester ID count; all where the tree doesn't say.
  public let mask: UInt32
  /// The whole entries, in order.
  public let rows: [Row]
  /// By requester ID; empty where entries overlap, since then the order decides.
  private let sorted: [Row]
  private let isReadable: Bool

  /// Whether the value is made of whole entries, without which the guest ignores all of them.
  public var isWhole: Bool { property.count > 0 && property.count % 16 == 0 }

  /// How many entries are tried in order where they overlap: a tree of any use has a few, and a
  /// hostile one must not cost the square of its size.
  private static let mostOverlapping = 1024

  init(
    _ property: FlattenedTree.Property, mask: FlattenedTree.Property?, _ topology: Topology
  ) {
    self.property = property
    self.mask = mask?.cell(0) ?? .max
    let rows = (0..<(property.cellCount / 4)).compactMap { index -> Row? in
      guard let first = property.cell(4 * index), let phandle = property.cell(4 * index + 1),
        let output = property.cell(4 * index + 2), let length = property.cell(4 * index + 3)
      else { return nil }
      return Row(
        index: index, first: first, phandle: phandle,
        target: topology.phandles.node(for: phandle), output: output, length: length)
    }
    let sorted = rows.filter { $0.length > 0 }.sorted {
      ($0.first, $0.index) < ($1.first, $1.index)
    }
    let disjoint = zip(sorted, sorted.dropFirst()).allSatisfy {
      $1.first - $0.first >= $0.length
    }
    let mask = self.mask
    isReadable =
      property.count > 0 && property.count % 16 == 0 && rows.allSatisfy { $0.first & ~mask == 0 }
    self.rows = rows
    self.sorted = disjoint ? sorted : []
  }

  /// Whether an entry starts at an ID that the mask hides: the guest gives up when it meets it.
  public func isOutsideMask(_ row: Row) -> Bool { row.first & ~mask != 0 }

  /// The entry that a requester ID falls into; nil where there is none, or where the guest can't
  /// read the map.
  public func row(for requesterID: UInt16) -> Row? {
    guard isReadable else { return nil }
    let masked = UInt32(requesterID) & mask
    guard !sorted.isEmpty else {
      return rows.prefix(Self.mostOverlapping).first { Self.holds($0, masked) }
    }
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].first <= masked { low = middle + 1 } else { high = middle }
    }
    guard low > 0, Self.holds(sorted[low - 1], masked) else { return nil }
    return sorted[low - 1]
  }

  /// The requester IDs of `range` that no entry holds, in ascending order.
  ///
  /// With a mask, whose gaps repeat, nothing is said.
  public func uncovered(in range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    guard isWhole, range.upperBound & ~mask == 0 else { return [] }
    var gaps: [ClosedRange<UInt32>] = []
    var next = UInt64(range.lowerBound)
    for covered in RangeSet(rows.compactMap(\.range)).ranges {
      if covered.first > UInt64(range.upperBound) { break }
      if covered.first > next { gaps.append(UInt32(next)...UInt32(covered.first - 1)) }
      next = max(next, covered.last + 1)
    }
    if next <= UInt64(range.upperBound) { gaps.append(UInt32(next)...range.upperBound) }
    return gaps
  }

  private static func holds(_ row: Row, _ id: UInt32) -> Bool {
    id >= row.first && id - row.first < row.length
  }
}
