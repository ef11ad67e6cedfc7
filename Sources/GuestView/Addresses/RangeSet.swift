/// Addresses as a set: ranges that were in any order and may have overlapped, merged.
public struct RangeSet: Sendable {
  /// Disjoint, not adjacent, in ascending order.
  public let ranges: [AddressRange]

  /// The union of `ranges`.
  public init(_ ranges: [AddressRange]) {
    var merged: [AddressRange] = []
    for range in ranges.sorted() {
      if let last = merged.last, last.last == .max || range.first <= last.last + 1 {
        let end = max(last.last, range.last)
        merged[merged.count - 1] = AddressRange(from: last.first, through: end) ?? last
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  /// Whether there is none.
  public var isEmpty: Bool { ranges.isEmpty }

  /// Whether every address of `range` is in the set.
  public func contains(_ range: AddressRange) -> Bool {
    lastStarting(atOrBelow: range.first)?.contains(range) ?? false
  }

  /// Whether some address of `range` is in the set.
  public func overlaps(_ range: AddressRange) -> Bool {
    lastStarting(atOrBelow: range.last)?.overlaps(range) ?? false
  }

  private func lastStarting(atOrBelow address: UInt64) -> AddressRange? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].first <= address { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : ranges[low - 1]
  }
}
