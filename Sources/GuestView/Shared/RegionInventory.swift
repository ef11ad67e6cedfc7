import DeviceTree

/// The reserved regions of several machines, by what they can be told by.
struct RegionInventory {
  /// One region.
  struct Candidate {
    let machine: Int
    let region: ReservedRegion
    let devices: [DMADevice]

    /// Whether it is of a kind that machines share to do DMA.
    var isForDMA: Bool {
      region.saysRestrictedPool || !devices.isEmpty
        || region.node.isCompatible("xen,shared-memory-v1")
    }

    func party(_ match: ShareMatch) -> SharedParty {
      SharedParty(machine: machine, kind: .region(region), match: match, devices: devices)
    }
  }

  let machines: [MachinesView.Machine]
  /// The enabled regions, machine by machine, in document order.
  let candidates: [Candidate]
  /// Where those of each machine are.
  let ranges: [Range<Int>]
  /// What else each machine has by its addresses: banks of memory, entries of the memory reservation
  /// block, registers of devices that are no PCI hosts' windows; looked up, never walked.
  private let claims: [[AddressRange: Claim]]

  init(_ machines: [MachinesView.Machine]) {
    var candidates: [Candidate] = []
    var ranges: [Range<Int>] = []
    for (machine, seen) in machines.enumerated() {
      let devices = Self.devices(of: seen.view)
      let start = candidates.count
      for region in seen.view.reservedMemory?.readableRegions ?? []
      where seen.view.isAvailable(region.node) {
        candidates.append(
          Candidate(
            machine: machine, region: region, devices: devices[region.node.index] ?? []))
      }
      ranges.append(start..<candidates.count)
    }
    self.machines = machines
    claims = machines.map { machine in
      let own = machine.view.addressMap.claims(.memory, .memoryReservation, .deviceWindow)
      return Dictionary(own.map { ($0.range, $0) }, uniquingKeysWith: { first, _ in first })
    }
    self.candidates = candidates
    self.ranges = ranges
  }

  /// The devices that refer to each region, by the position of its node; looked up, never walked.
  private static func devices(of view: GuestView) -> [Int: [DMADevice]] {
    var devices: [Int: [DMADevice]] = [:]
    for device in view.dmaDevices + view.hiddenFunctions {
      var seen: Set<Int> = []
      for reference in device.effectiveRegionReferences {
        guard let target = reference.target, seen.insert(target.index).inserted else { continue }
        devices[target.index, default: []].append(device)
      }
    }
    return devices
  }

  /// The regions of one machine.
  func candidates(of machine: Int) -> ArraySlice<Candidate> { candidates[ranges[machine]] }

  /// The restricted pools that are no part of `shares`.
  func ownPools(besides shares: [SharedRegion]) -> [MachinesView.OwnPool] {
    let taken = Self.taken(by: shares)
    return candidates.compactMap { candidate in
      guard candidate.region.saysRestrictedPool,
        !taken.contains(Taken(machine: candidate.machine, node: candidate.region.node.index))
      else { return nil }
      return MachinesView.OwnPool(machine: candidate.machine, region: candidate.region)
    }
  }

  /// A region that is a part of a share.
  struct Taken: Hashable {
    let machine: Int
    let node: Int
  }

  static func taken(by shares: [SharedRegion]) -> Set<Taken> {
    var taken: Set<Taken> = []
    for share in shares {
      for party in share.parties {
        guard let region = party.region else { continue }
        taken.insert(Taken(machine: party.machine, node: region.node.index))
      }
    }
    return taken
  }

  /// What else of a machine has exactly the addresses of `range`.
  func claim(of range: AddressRange, in machine: Int) -> Claim? { claims[machine][range] }

  /// The memory of a machine that holds `range`, or a part of it.
  func memory(at range: AddressRange, in machine: Int) -> Claim? {
    machines[machine].view.addressMap.claims(.memory).first { $0.range.overlaps(range) }
  }
}
