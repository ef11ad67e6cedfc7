import DeviceTree
public import GuestView

/// A place in the tree of one of several machines, or in the map of the host.
public enum PairSpot: Sendable {
  /// A place in the tree of the machine at this position.
  case tree(Int, Spot)
  /// What the map of the host says.
  case host(HostMap.Location?)

  /// The region itself of `party`, or what it is instead.
  public static func node(of party: SharedParty) -> PairSpot {
    switch party.kind {
    case .region(let region): .tree(party.machine, .node(region.node))
    case .claim(let claim): .tree(party.machine, .claim(claim))
    }
  }

  /// The addresses of `party`.
  public static func range(of party: SharedParty) -> PairSpot {
    guard let region = party.region else { return node(of: party) }
    guard let reg = region.node.property("reg"), let entry = region.entries.first else {
      return .tree(
        party.machine, region.node.property("size").map(Spot.property) ?? .node(region.node))
    }
    return .tree(party.machine, .element(reg, 0, cells: entry.cells))
  }

  /// What a machine has at `range`: a reserved region, else memory or whatever else; the root where
  /// there is nothing.
  static func memory(at range: AddressRange, in machine: Int, _ view: MachinesView) -> PairSpot {
    let seen = view.machines[machine].view
    let claims = seen.addressMap.claims.filter { $0.range.overlaps(range) }
    let claim =
      claims.first { $0.kind == .reservedRegion && $0.range.contains(range) }
      ?? claims.first { $0.kind == .memory } ?? claims.first
    return .tree(machine, claim.map(Spot.claim) ?? .node(seen.tree.root))
  }
}

/// Somebody else who has a part in a finding about several machines.
public struct PairParty: Sendable {
  let part: String
  let spot: PairSpot

  /// A party: its part in a few words, and where it is.
  public init(_ part: String, at spot: PairSpot) {
    self.part = part
    self.spot = spot
  }
}
