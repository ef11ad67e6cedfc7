extension MergeDraft {
  /// Finds out which node of the base each node of the description is.
  mutating func match() {
    counterparts[0] = 0
    matches.append(NodeMatch(node: "/", base: "/", means: .path))
    var waiting = [0]
    while let node = waiting.popLast() {
      guard let counterpart = counterparts[node] else { continue }
      let matched = matchChildren(of: node, and: counterpart)
      waiting.append(contentsOf: matched.reversed())
    }
  }

  /// Matches the children of a node that both have; gives those that the base has too.
  private mutating func matchChildren(of node: Int, and counterpart: Int) -> [Int] {
    let candidates = identities(of: counterpart, in: base)
    var takenBy: [Int: Int] = [:]
    var matched: [Int] = []
    // A node that bears the name has the first claim, wherever it stands.
    var found: [Int: (place: Int, means: NodeMatch.Means)] = [:]
    let identities = identities(of: node, in: ours)
    for (child, identity) in identities where identity.deviceType != "cpu" {
      guard let place = base.child(ours.entries[child].name, of: counterpart) else { continue }
      found[child] = (place, .path)
      takenBy[place] = child
    }
    for (child, identity) in identities where found[child] == nil {
      let fitting = candidates.compactMap { place, candidate in
        identity.match(candidate).map { (place: place, means: $0) }
      }
      guard let first = fitting.first else {
        // The name may be that of a processor with another reg.
        if let place = base.child(ours.entries[child].name, of: counterpart) {
          conflict(.name(base: base.path(of: place)), at: child)
        }
        continue
      }
      guard fitting.count == 1 else {
        conflict(.ambiguous(fitting.map { base.path(of: $0.place) }), at: child)
        continue
      }
      if let other = takenBy[first.place] {
        conflict(.taken(base: base.path(of: first.place), by: ours.path(of: other)), at: child)
        continue
      }
      takenBy[first.place] = child
      let isNamed = base.entries[first.place].name == ours.entries[child].name
      found[child] = isNamed ? (first.place, .path) : first
    }
    for (child, identity) in identities {
      guard let (place, means) = found[child] else { continue }
      counterparts[child] = place
      matches.append(
        NodeMatch(node: ours.path(of: child), base: base.path(of: place), means: means))
      checkKind(of: child, identity, at: place, candidates)
      matched.append(child)
    }
    return matched
  }

  private func identities(of node: Int, in arena: TreeArena) -> [(Int, NodeIdentity)] {
    let cells = arena.value("#address-cells", of: node)?.u32 ?? 2
    return arena.entries[node].children.map {
      ($0, NodeIdentity(arena.entries[$0], addressCells: cells))
    }
  }

  /// A node of one path that is another device would become a mixture of both.
  private mutating func checkKind(
    of child: Int, _ identity: NodeIdentity, at place: Int, _ candidates: [(Int, NodeIdentity)]
  ) {
    guard let other = candidates.first(where: { $0.0 == place })?.1,
      !identity.compatible.isEmpty, !other.compatible.isEmpty, !identity.isOfKind(of: other)
    else { return }
    conflict(
      .otherDevice(
        base: base.path(of: place),
        compatible: base.value("compatible", of: place)?.strings ?? []), at: child)
  }
}
