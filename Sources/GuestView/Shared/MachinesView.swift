/// Several machines that share memory, each as its own guest sees it.
///
/// A virtqueue carries the guest-physical addresses of the machine that wrote it. Where another
/// machine serves it without translation, both trees have to say the same of that memory.
public final class MachinesView: Sendable {
  /// One machine.
  public struct Machine: Sendable {
    /// What reports call it: the file of its tree.
    public let name: String
    /// What its guest sees.
    public let view: GuestView

    /// A machine.
    public init(name: String, view: GuestView) {
      self.name = name
      self.view = view
    }
  }

  /// A restricted pool that one machine has to itself.
  public struct OwnPool: Sendable {
    /// The position of the machine.
    public let machine: Int
    /// The pool.
    public let region: ReservedRegion
  }

  /// The machines, in the order in which they were named; at least one.
  public let machines: [Machine]
  /// What was known beforehand.
  public let settings: SharingSettings
  /// What they share, or seem to: what is declared, what was named, and what was found.
  public let shares: [SharedRegion]
  /// The restricted pools that no other machine has anything of.
  public let ownPools: [OwnPool]
  /// Where the host has the memory of the machines; nil where nobody told.
  public let hostMap: HostMap?

  /// Looks at `machines` together.
  ///
  /// - Throws: ``SharingError`` where the settings name what there isn't.
  public init(
    _ machines: [Machine], settings: SharingSettings = SharingSettings(), hostMap: HostMap? = nil
  ) throws(SharingError) {
    var names: Set<String> = []
    for machine in machines where !names.insert(machine.name).inserted {
      throw SharingError(.machineNamedTwice, machine.name, "there are two machines of this name")
    }
    self.machines = machines
    self.settings = settings
    self.hostMap = hostMap
    let inventory = RegionInventory(machines)
    var shares = try inventory.declared(settings.declared)
    for selection in settings.selections {
      shares.append(try inventory.selected(by: selection))
    }
    if settings.selections.isEmpty, settings.search != .nothing {
      shares += inventory.found(besides: shares, byNamesAlone: settings.search == .names)
    }
    for name in settings.parties.keys.sorted() where !shares.contains(where: { $0.isCalled(name) })
    {
      let known = shares.map(\.name).joined(separator: ", ")
      throw SharingError(
        .unknownShare, name,
        known.isEmpty ? "nothing is shared" : "nothing of that name is shared; there is \(known)")
    }
    self.shares = shares
    ownPools = inventory.ownPools(besides: shares)
  }

  /// How many machines may have `share`.
  public func mostParties(of share: SharedRegion) -> Int {
    settings.parties.filter { share.isCalled($0.key) }.map(\.value).max() ?? 2
  }

  /// The machine of `party`.
  public func machine(of party: SharedParty) -> Machine { machines[party.machine] }
}
