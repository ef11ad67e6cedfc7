/// Buses of a PCI hierarchy: `bus-range`.
public struct PCIBusRange: Sendable, Hashable, Codable {
  /// The first bus, 0 to 255.
  public var first: Int
  /// The last bus, not before the first one.
  public var last: Int

  /// The buses from `first` to `last`.
  public init(first: Int, last: Int) {
    self.first = first
    self.last = last
  }
}

extension PCIBusRange {
  init(_ buses: ClosedRange<Int>) { self.init(first: buses.lowerBound, last: buses.upperBound) }
}
