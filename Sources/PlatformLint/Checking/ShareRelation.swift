import GuestView

/// How the addresses of one party are to where a share has to be.
enum ShareRelation {
  /// The same.
  case same
  /// All of it, and more.
  case larger
  /// A part of it.
  case smaller
  /// Not all of it, and something else.
  case elsewhere

  init(_ range: AddressRange, _ expected: AddressRange) {
    if range == expected {
      self = .same
    } else if range.contains(expected) {
      self = .larger
    } else {
      self = expected.contains(range) ? .smaller : .elsewhere
    }
  }
}

extension SharedRegion {
  /// The parties whose addresses differ from where the share has to be, and how.
  ///
  /// What is ordinary memory is left out: that nobody keeps it free is what is wrong there.
  var differing: [(party: SharedParty, range: AddressRange, relation: ShareRelation)] {
    guard let expected else { return [] }
    return parties.compactMap { party in
      guard party.machine != expected.party?.machine, party.claim?.kind != .memory,
        let range = party.range
      else { return nil }
      let relation = ShareRelation(range, expected.range)
      return relation == .same ? nil : (party, range, relation)
    }
  }

  /// Whether it is memory that Xen shares, through which no device of a guest bounces: addresses in it
  /// need not be the same.
  var isPlainXenMemory: Bool {
    origin == .identified && frontends.isEmpty && parties.allSatisfy(\.isXenSharedMemory)
  }

  /// The party that decides where the share is, as somebody who has a part in a finding.
  func reference(_ part: String) -> [PairParty] {
    expected?.party.map { [PairParty(part, at: .range(of: $0))] } ?? []
  }
}
