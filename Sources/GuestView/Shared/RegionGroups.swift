/// Regions of several machines on their way to shares: at most one of each machine in a group.
struct RegionGroups {
  /// Regions that belong together, and the first reason for it.
  struct Group {
    var members: [Int]
    var key: ShareMatch.Key
  }

  private let machines: [Int]
  private let isFree: [Bool]
  /// The group of each region.
  private var numbers: [Int]
  private var groups: [Group]

  /// A group for each region; `machines` says whose each is, and one that isn't free is in none.
  init(machines: [Int], isFree: [Bool]) {
    self.machines = machines
    self.isFree = isFree
    numbers = Array(machines.indices)
    groups = machines.indices.map { Group(members: isFree[$0] ? [$0] : [], key: .overlap) }
  }

  /// The groups, by their first region.
  var all: [Group] {
    groups.filter { !$0.members.isEmpty }.sorted {
      ($0.members.min() ?? 0) < ($1.members.min() ?? 0)
    }
  }

  /// Joins regions that have a key in common.
  mutating func join(by lists: [(key: ShareMatch.Key, members: [Int])]) {
    for list in lists { join(list.members, list.key) }
  }

  /// Joins regions that overlap.
  mutating func join(pairs: [(Int, Int)]) {
    for pair in pairs { join([pair.0, pair.1], .overlap) }
  }

  private mutating func join(_ members: [Int], _ key: ShareMatch.Key) {
    let free = members.filter { isFree[$0] }
    guard let first = free.first else { return }
    for member in free.dropFirst() { join(first, member, key) }
  }

  private mutating func join(_ one: Int, _ other: Int, _ key: ShareMatch.Key) {
    let (left, right) = (numbers[one], numbers[other])
    guard left != right else { return }
    let owners = Set(groups[left].members.map { machines[$0] })
    guard groups[right].members.allSatisfy({ !owners.contains(machines[$0]) }) else { return }
    if groups[left].members.count == 1, groups[right].members.count == 1 { groups[left].key = key }
    if groups[left].members.count == 1, groups[right].members.count > 1 {
      groups[left].key = groups[right].key
    }
    for member in groups[right].members { numbers[member] = left }
    groups[left].members += groups[right].members
    groups[right].members = []
  }
}
