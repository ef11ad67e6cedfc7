import PlatformDescription

/// How many cells an address and a size have on a bus.
struct BusCells: Equatable {
  var address: Int
  var size: Int

  /// `range` as it stands in `reg`; nil where a number is larger than its cells.
  func cells(_ range: AddressRange) -> [UInt32]? {
    guard let at = Self.cells(range.at.value, address),
      let size = Self.cells(range.size.bytes, size)
    else { return nil }
    return at + size
  }

  /// `range` as it stands in `ranges` of a bus with these cells, on one with those of `parent`.
  func cells(_ range: Bus.Range, parent: BusCells) -> [UInt32]? {
    guard let child = Self.cells(range.child.value, address),
      let parent = Self.cells(range.parent.value, parent.address),
      let size = Self.cells(range.size.bytes, size)
    else { return nil }
    return child + parent + size
  }

  /// `value` in `count` cells, the most significant first; nil where it takes more, or where the
  /// bus has another number of cells than one or two.
  private static func cells(_ value: UInt64, _ count: Int) -> [UInt32]? {
    let high = UInt32(truncatingIfNeeded: value >> 32)
    let low = UInt32(truncatingIfNeeded: value)
    return switch count {
    case 2: [high, low]
    case 1 where high == 0: [low]
    default: nil
    }
  }
}
