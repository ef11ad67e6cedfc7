import DeviceTree

extension RegionInventory {
  /// The share that `selection` names in at least one machine; the others are searched for what is
  /// like it.
  func selected(by selection: String) throws(SharingError) -> SharedRegion {
    var parties: [SharedParty] = []
    for machine in machines.indices {
      guard let (key, regions) = regions(named: selection, in: machine) else { continue }
      guard regions.count == 1 else {
        let names = regions.map(\.region.node.name).joined(separator: ", ")
        throw SharingError(
          .ambiguous, selection,
          "\(machines[machine].name) has several regions of that name; there is \(names)")
      }
      parties.append(regions[0].party(.selected(key)))
    }
    guard !parties.isEmpty else { throw namesNothing(selection) }
    return SharedRegion(name: selection, origin: .selected, parties: completed(parties))
  }

  /// The shares that are declared.
  func declared(_ shares: [DeclaredShare]) throws(SharingError) -> [SharedRegion] {
    var result: [SharedRegion] = []
    for share in shares {
      var parties: [SharedParty] = []
      var roles: [Int: ShareRole] = [:]
      var missing: [Int] = []
      for declared in share.parties {
        guard let machine = machines.firstIndex(where: { $0.name == declared.machine }) else {
          throw SharingError(
            .unknownMachine, share.name, "'\(declared.machine)' shares it, and is no machine here")
        }
        roles[machine] = declared.role
        if let party = party(of: share, in: machine) {
          parties.append(party)
        } else {
          missing.append(machine)
        }
      }
      parties.sort { $0.machine < $1.machine }
      var region = SharedRegion(
        name: share.name, origin: .declared, parties: parties, declaredRange: share.range)
      region.declareRoles(roles)
      region.missing = missing.sorted()
      result.append(region)
    }
    return result
  }

  private func party(of share: DeclaredShare, in machine: Int) -> SharedParty? {
    let all = candidates(of: machine)
    let region =
      all.first { $0.region.range == share.range }
      ?? all.first { $0.region.node.hasBaseName(share.name) }
      ?? all.first { $0.region.range?.overlaps(share.range) ?? false }
    if let region { return region.party(.declared) }
    return (claim(of: share.range, in: machine) ?? memory(at: share.range, in: machine)).map {
      SharedParty(machine: machine, kind: .claim($0), match: .declared)
    }
  }

  /// `parties`, and what the other machines have that is like the first of them.
  private func completed(_ parties: [SharedParty]) -> [SharedParty] {
    var all = parties
    let present = Set(parties.map(\.machine))
    guard let seed = parties.first?.region else { return all }
    for machine in machines.indices where !present.contains(machine) {
      if let party = likeness(of: seed, in: machine) { all.append(party) }
    }
    // Every guest may have memory there; of two machines the other is the one that is meant.
    if all.count == 1, machines.count == 2, let range = seed.range {
      let other = 1 - all[0].machine
      if let memory = memory(at: range, in: other) {
        all.append(SharedParty(machine: other, kind: .claim(memory), match: .found(.memory)))
      }
    }
    return all.sorted { $0.machine < $1.machine }
  }

  /// What a machine has that looks like `seed`, a region of another.
  private func likeness(of seed: ReservedRegion, in machine: Int) -> SharedParty? {
    let all = candidates(of: machine)
    let id = Self.xenID(of: seed.node)
    if let id, let same = all.first(where: { Self.xenID(of: $0.region.node) == id }) {
      return same.party(.found(.xenID(id)))
    }
    for property in Self.identifiers(of: seed.node) {
      let same = all.first {
        $0.region.node.property(property.name)?.bytes.elementsEqual(property.bytes) ?? false
      }
      if let same { return same.party(.found(.property(property.name))) }
    }
    let isNamed = !Self.isNamedAfterKind(seed.node)
    let name = seed.node.baseName
    if isNamed, let same = all.first(where: { $0.region.node.hasBaseName(name) }) {
      return same.party(.found(.name(name)))
    }
    guard let range = seed.range else { return nil }
    if let same = all.first(where: { $0.region.range?.first == range.first }) {
      return same.party(.found(.base(range.first)))
    }
    if let same = all.first(where: { $0.region.range?.overlaps(range) ?? false }) {
      return same.party(.found(.overlap))
    }
    return claim(of: range, in: machine).map {
      SharedParty(machine: machine, kind: .claim($0), match: .found(.base(range.first)))
    }
  }

  private func namesNothing(_ selection: String) -> SharingError {
    let most = 8
    let names = candidates.map {
      "\(machines[$0.machine].name): \($0.region.node.name)"
    }
    let shown = names.prefix(most).joined(separator: ", ")
    let rest = names.count > most ? ", and \(names.count - most) more" : ""
    return SharingError(
      .namesNothing, selection,
      names.isEmpty
        ? "names no region, and there is none in any tree"
        : "names no region by its name, label, xen,id, compatible or address; there is \(shown)\(rest)"
    )
  }
}
