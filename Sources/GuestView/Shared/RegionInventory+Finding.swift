import DeviceTree

extension RegionInventory {
  /// What machines seem to share, beside `shares`: regions with the same identifier, name or base, and
  /// those of one size that overlap.
  ///
  /// By names alone, bases and sizes are no reason, and neither is a pool that all of them have.
  func found(besides shares: [SharedRegion], byNamesAlone: Bool) -> [SharedRegion] {
    let taken = Self.taken(by: shares)
    let isFree = candidates.map {
      !taken.contains(Taken(machine: $0.machine, node: $0.region.node.index))
    }
    var groups = RegionGroups(machines: candidates.map(\.machine), isFree: isFree)
    groups.join(by: keys { Self.xenID(of: $0.node).map { [.xenID($0)] } ?? [] })
    groups.join(by: identifiers())
    groups.join(by: keys { Self.isNamedAfterKind($0.node) ? [] : [.name($0.node.name)] })
    groups.join(by: namesThatAreUnique())
    if !byNamesAlone {
      groups.join(by: keys { $0.range.map { [.base($0.first)] } ?? [] })
      groups.join(pairs: overlaps(isFree))
    }
    var result: [SharedRegion] = []
    var alone: [Int] = []
    for group in groups.all {
      if group.members.count == 1 {
        alone.append(group.members[0])
      } else if let share = share(group), !byNamesAlone || share.isServed {
        result.append(share)
      }
    }
    for member in alone where !byNamesAlone {
      if let share = shareWithClaim(member) { result.append(share) }
    }
    return result
  }

  /// The regions in groups by a key of each.
  private func keys(
    _ keys: (ReservedRegion) -> [ShareMatch.Key]
  ) -> [(key: ShareMatch.Key, members: [Int])] {
    var positions: [ShareMatch.Key: Int] = [:]
    var groups: [(key: ShareMatch.Key, members: [Int])] = []
    for (index, candidate) in candidates.enumerated() {
      for key in keys(candidate.region) {
        if let position = positions[key] {
          groups[position].members.append(index)
        } else {
          positions[key] = groups.count
          groups.append((key, [index]))
        }
      }
    }
    return groups
  }

  /// Names without unit address that no machine has twice.
  private func namesThatAreUnique() -> [(key: ShareMatch.Key, members: [Int])] {
    keys { Self.isNamedAfterKind($0.node) ? [] : [.name($0.node.baseName)] }.filter { group in
      zip(group.members, group.members.dropFirst()).allSatisfy {
        candidates[$0].machine != candidates[$1].machine
      }
    }
  }

  /// The regions in groups by a property that is an identifier, and its value.
  private func identifiers() -> [(key: ShareMatch.Key, members: [Int])] {
    struct Value: Hashable {
      let name: String
      let bytes: [UInt8]
    }
    var positions: [Value: Int] = [:]
    var groups: [(key: ShareMatch.Key, members: [Int])] = []
    for (index, candidate) in candidates.enumerated() {
      for property in Self.identifiers(of: candidate.region.node) {
        let value = Value(name: property.name, bytes: Array(property.bytes))
        if let position = positions[value] {
          groups[position].members.append(index)
        } else {
          positions[value] = groups.count
          groups.append((.property(property.name), [index]))
        }
      }
    }
    return groups
  }

  /// Pairs of regions of one size that overlap; as many as ``Overlaps`` gives.
  private func overlaps(_ isFree: [Bool]) -> [(Int, Int)] {
    struct Fixed {
      let index: Int
      let range: AddressRange
    }
    var fixed: [Fixed] = []
    for index in candidates.indices where isFree[index] {
      guard let range = candidates[index].region.range else { continue }
      fixed.append(Fixed(index: index, range: range))
    }
    fixed.sort { ($0.range, $0.index) < ($1.range, $1.index) }
    return Overlaps.pairs(among: fixed, by: \.range)
      .filter { $0.first.range.size == $0.second.range.size }
      .map { ($0.first.index, $0.second.index) }
  }

  /// The share that a group is; nil where its regions only look alike.
  private func share(_ group: RegionGroups.Group) -> SharedRegion? {
    let members = group.members.sorted()
    let parties = members.map { candidates[$0].party(.found(group.key)) }
    let isIdentified = group.key.isIdentity
    let share = SharedRegion(
      name: name(of: members, group.key), origin: isIdentified ? .identified : .proposed,
      parties: parties)
    if isIdentified { return share }
    // Xen goes by identifiers alone: what has another is other memory, at whatever address.
    if Set(members.compactMap { Self.xenID(of: candidates[$0].region.node) }).count > 1 {
      return nil
    }
    // Regions of firmware are alike in many guests; what nobody does DMA with is no share.
    guard members.contains(where: { candidates[$0].isForDMA }) else { return nil }
    // Every guest may have a pool of its own of the same name; equal addresses are worth a word.
    if share.backends.isEmpty, !share.frontends.isEmpty {
      guard let first = parties[0].range, parties.allSatisfy({ $0.range == first }) else {
        return nil
      }
    }
    return share
  }

  /// A pool whose exact addresses another machine has as something other than a reserved region.
  private func shareWithClaim(_ member: Int) -> SharedRegion? {
    let candidate = candidates[member]
    guard candidate.region.saysRestrictedPool, let range = candidate.region.range else {
      return nil
    }
    var parties = [candidate.party(.found(.base(range.first)))]
    for machine in machines.indices where machine != candidate.machine {
      guard let claim = claim(of: range, in: machine) else { continue }
      parties.append(
        SharedParty(machine: machine, kind: .claim(claim), match: .found(.base(range.first))))
    }
    guard parties.count > 1 else { return nil }
    parties.sort { $0.machine < $1.machine }
    return SharedRegion(name: candidate.region.node.name, origin: .proposed, parties: parties)
  }

  private func name(of members: [Int], _ key: ShareMatch.Key) -> String {
    if case .xenID(let id) = key { return id }
    let first = members.first { candidates[$0].region.saysRestrictedPool } ?? members[0]
    return candidates[first].region.node.name
  }
}

extension SharedRegion {
  /// Whether one machine's devices bounce through it, and another has it without.
  fileprivate var isServed: Bool { !frontends.isEmpty && !backends.isEmpty }
}
