/// Pairs of ranges that overlap.
public enum Overlaps {
  /// The most partners that are reported of one range.
  ///
  /// A tree of any use has a few; a hostile one could have as many pairs as the square of its ranges.
  public static let mostPartners = 16

  /// All pairs of `items` that overlap, the one that starts first in front, by address.
  ///
  /// The items have to be sorted by their range. Takes time n log n, and finds at most
  /// ``mostPartners`` pairs for each item.
  public static func pairs<Item>(
    among items: [Item], by range: (Item) -> AddressRange
  ) -> [(first: Item, second: Item)] {
    pairs(among: items.map(range)).map { (items[$0.first], items[$0.second]) }
  }

  /// The positions of those pairs.
  private static func pairs(among ranges: [AddressRange]) -> [(first: Int, second: Int)] {
    var result: [(first: Int, second: Int)] = []
    // Those that reach the current start: a heap with the one that ends first on top.
    var open: [(last: UInt64, position: Int)] = []
    // Most ranges of a tree overlap none, and for those nothing has to be searched.
    var furthest: UInt64 = 0
    for position in ranges.indices {
      let range = ranges[position]
      if range.first > furthest { open.removeAll(keepingCapacity: true) }
      furthest = max(furthest, range.last)
      while let top = open.first, top.last < range.first { removeTop(&open) }
      if open.count == 1 {
        result.append((open[0].position, position))
      } else if open.count > 1 {
        let partners = open.prefix(mostPartners).map(\.position).sorted()
        for partner in partners { result.append((partner, position)) }
      }
      insert((range.last, position), into: &open)
    }
    return result
  }

  private static func insert(
    _ entry: (last: UInt64, position: Int), into heap: inout [(last: UInt64, position: Int)]
  ) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0, heap[child].last < heap[(child - 1) / 2].last {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private static func removeTop(_ heap: inout [(last: UInt64, position: Int)]) {
    let end = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = end
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1].last < heap[child].last { child += 1 }
      guard heap[child].last < heap[parent].last else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
