import DeviceTree

/// The windows of one bus, from `ranges` or `dma-ranges`.
struct BusWindows: Sendable {
  struct Window: Sendable {
    /// The first address on the bus.
    var child: UInt64
    /// The first address on the bus above.
    var parent: UInt64
    /// The size, in bytes, not 0.
    var size: UInt64
    /// The position of the first cell in the property.
    var cell: Int
  }

  /// In the order of the property.
  let windows: [Window]
  /// By the child's address; empty where windows overlap, since then the order decides.
  private let sorted: [Window]

  /// How many windows are tried in order where they overlap: a tree of any use has a few, and a
  /// hostile one must not cost the square of its size.
  private static let mostOverlapping = 1024

  init(_ property: FlattenedTree.Property, child: CellCounts, parentAddressCells: Int) {
    var windows: [Window] = []
    let stride = child.address + parentAddressCells + child.size
    if child.isTranslatable, (1...4).contains(parentAddressCells) {
      var cell = 0
      while cell + stride <= property.cellCount {
        if let address = property.number(at: cell, cells: child.address),
          let parent = property.number(at: cell + child.address, cells: parentAddressCells),
          let size = property.number(
            at: cell + child.address + parentAddressCells, cells: child.size),
          AddressRange(at: address, size: size) != nil, AddressRange(at: parent, size: size) != nil
        {
          windows.append(Window(child: address, parent: parent, size: size, cell: cell))
        }
        cell += stride
      }
    }
    let sorted = windows.sorted { ($0.child, $0.cell) < ($1.child, $1.cell) }
    let disjoint = zip(sorted, sorted.dropFirst()).allSatisfy { $1.child - $0.child >= $0.size }
    self.windows = windows
    self.sorted = disjoint ? sorted : []
  }

  /// The address on the bus above; nil where no window holds all of `size` bytes at `address`.
  func translate(_ address: UInt64, size: UInt64) -> UInt64? {
    if !sorted.isEmpty {
      var low = 0
      var high = sorted.count
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle].child <= address { low = middle + 1 } else { high = middle }
      }
      return low == 0 ? nil : Self.translate(address, size: size, in: sorted[low - 1])
    }
    for window in windows.prefix(Self.mostOverlapping) {
      if let result = Self.translate(address, size: size, in: window) { return result }
    }
    return nil
  }

  private static func translate(_ address: UInt64, size: UInt64, in window: Window) -> UInt64? {
    guard address >= window.child, address - window.child < window.size else { return nil }
    // Linux translates the start alone; a window that is cut short is a hole in the middle of the
    // device, which no guest survives, so the end has to fit too.
    guard size == 0 || size <= window.size - (address - window.child) else { return nil }
    return window.parent + (address - window.child)
  }
}
