/// Puts what has a group into the order of the groups, keeping its own within each.
enum Grouping {
  /// Where each group starts in the second list and where the last one ends, and the positions of
  /// `groups` by group; -1 stands for no group, and `sizes` says how often each group occurs.
  static func order(
    _ groups: [Int32], sizes: [Int32]
  ) -> (starts: [Int32], order: [Int32]) {
    var starts: [Int32] = [0]
    starts.reserveCapacity(sizes.count + 1)
    var total: Int32 = 0
    for size in sizes {
      total += size
      starts.append(total)
    }
    var next = starts
    var order = [Int32](repeating: 0, count: Int(total))
    for position in groups.indices {
      let group = Int(groups[position])
      guard group >= 0 else { continue }
      order[Int(next[group])] = Int32(position)
      next[group] += 1
    }
    return (starts, order)
  }
}
