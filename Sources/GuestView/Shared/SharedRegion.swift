/// Memory that several machines share, or seem to.
public struct SharedRegion: Sendable {
  /// How it came to be taken for shared.
  public enum Origin: Sendable, Hashable {
    /// A description says so.
    case declared
    /// Somebody named it.
    case selected
    /// It has the same identifier in several machines.
    case identified
    /// It looks alike in several machines.
    case proposed
  }

  /// What it is called: as declared or named, by its identifier, or after its node.
  public let name: String
  /// How it came to be taken for shared.
  public let origin: Origin
  /// What each machine has of it, in the order of the machines; at most one for each.
  public internal(set) var parties: [SharedParty]
  /// The addresses that a description gives it.
  public internal(set) var declaredRange: AddressRange?
  /// The machines that are declared to have it, and in whose trees nothing is of it.
  public internal(set) var missing: [Int] = []

  init(
    name: String, origin: Origin, parties: [SharedParty], declaredRange: AddressRange? = nil
  ) {
    self.name = name
    self.origin = origin
    self.parties = parties
    self.declaredRange = declaredRange
    decideRoles()
  }

  /// The parties whose devices bounce through it.
  public var frontends: [SharedParty] { parties.filter { $0.role == .frontend } }
  /// The parties that serve those.
  public var backends: [SharedParty] {
    isPlain ? [] : parties.filter { $0.role == .backend }
  }
  /// Whether it is declared as memory without virtqueues: all machines have it, and nobody's devices bounce
  /// through it.
  public var isPlain: Bool {
    missing.isEmpty && parties.allSatisfy { $0.isRoleDeclared && $0.role != .frontend }
  }
  /// Whether it is called `name`, with or without a unit address.
  public func isCalled(_ name: String) -> Bool {
    self.name == name || self.name.prefix { $0 != "@" } == name
  }

  /// Whether somebody said that it is shared.
  public var isStated: Bool { origin == .declared || origin == .selected }

  /// Where it has to be: as declared, or where the first frontend has it, or the first party.
  public var expected: (range: AddressRange, party: SharedParty?)? {
    if let declaredRange { return (declaredRange, nil) }
    let candidates = frontends + parties
    for party in candidates {
      if let range = party.range { return (range, party) }
    }
    return nil
  }

  /// Decides what each machine does with it, as far as nobody says.
  ///
  /// Whose devices bounce through a pool is a frontend; where no pool has devices, a pool is taken for
  /// one, and where there is no pool, what devices refer to. The others are backends.
  private mutating func decideRoles() {
    let tests: [(SharedParty) -> Bool] = [
      { $0.isPool && !$0.devices.isEmpty }, { $0.isPool }, { !$0.devices.isEmpty },
    ]
    guard let test = tests.first(where: { parties.contains(where: $0) }) else { return }
    for index in parties.indices {
      parties[index].role = test(parties[index]) ? .frontend : .backend
    }
  }

  /// Takes what is declared of the machines.
  mutating func declareRoles(_ roles: [Int: ShareRole]) {
    for index in parties.indices {
      guard let role = roles[parties[index].machine] else { continue }
      parties[index].role = role
      parties[index].isRoleDeclared = true
    }
  }
}
