import PlatformDescription

/// What is wrong with the memory that the machines of a platform share, as far as it takes more than one
/// of them to see it.
struct SharingCheck {
  /// A machine's role in a share.
  private struct Holder {
    var machine: String
    var role: SharedMemoryRole
    var location: SourceLocation? { role.declaration.location }
  }

  private let platform: Platform
  /// The roles by the names of the shares, in the order of the description.
  private var shares: [(name: String, holders: [Holder])] = []
  private(set) var mistakes: [Mistake] = []
  /// The machines that have a part in a mistake.
  private(set) var machines: Set<String> = []

  /// Checks all shares of `platform`.
  init(_ platform: Platform) {
    self.platform = platform
    for machine in platform.virtualMachines {
      for role in machine.elements.roles {
        let holder = Holder(machine: machine.name, role: role)
        if let index = shares.firstIndex(where: { $0.name == role.name }) {
          shares[index].holders.append(holder)
        } else {
          shares.append((role.name, [holder]))
        }
      }
    }
    for (_, holders) in shares {
      let count = mistakes.count
      check(holders)
      if mistakes.count > count { machines.formUnion(holders.map(\.machine)) }
    }
    for machine in platform.virtualMachines {
      let count = mistakes.count
      for device in machine.elements.servedDevices { check(device, of: machine) }
      if mistakes.count > count { machines.insert(machine.name) }
    }
  }

  private func error(
    _ id: String, _ message: String, at location: SourceLocation?, help: String,
    related: [Mistake.Related] = []
  ) -> Mistake {
    Mistake(id, message, at: location, help: help, related: related)
  }

  /// Checks one share, by the roles that machines have in it.
  private mutating func check(_ holders: [Holder]) {
    guard let first = holders.first else { return }
    let share = first.role.share
    let place = share.declaration.location ?? first.location
    guard isOne(share, holders) else { return }
    checkExtent(share, at: place)
    for holder in holders {
      if let at = holder.role.at { checkAlignment(at.value, "the address", at: holder.location) }
    }
    checkParties(share, holders, at: place)
    checkFrontends(share, holders)
  }

  /// Whether as many machines have the memory as are said.
  private mutating func checkParties(
    _ share: SharedMemory, _ holders: [Holder], at place: SourceLocation?
  ) {
    // A share by itself is told of where it stands.
    if holders.contains(where: { $0.role.use == nil }) { return }
    var names: [String] = []
    for holder in holders where !names.contains(holder.machine) { names.append(holder.machine) }
    let said = share.partyCount
    if said < 2 {
      mistakes.append(
        error(
          "description/parties-impossible", "memory isn't shared by \(said): two are the least",
          at: place, help: "leave 'parties:' out, or write a RestrictedDMAPool or a ReservedMemory")
      )
    } else if names.count < said {
      mistakes.append(
        error(
          "description/party-missing",
          "'\(share.name)' is shared by \(said), and only \(Self.list(names)) "
            + (names.count == 1 ? "has" : "have") + " a role in it", at: place,
          help: "say in the braces of the other machine what it has '\(share.name)' for",
          related: holders.map { .init("is the role of '\($0.machine)'", at: $0.location) }))
    } else if names.count > said, let extra = holders.first(where: { $0.machine == names[said] }) {
      mistakes.append(
        error(
          "description/party-not-said",
          "'\(share.name)' is shared by \(said), and '\(extra.machine)' is one more",
          at: extra.location,
          help:
            "say 'parties: \(names.count)' where it is declared, if all of them may see what is in it",
          related: [.init("the share is declared here", at: share.declaration.location)]))
    }
  }

  /// Whether one kernel alone bounces through the memory.
  private mutating func checkFrontends(_ share: SharedMemory, _ holders: [Holder]) {
    let frontends = holders.filter { $0.role.use == .restrictedDMAPool }
    guard let first = frontends.first,
      let other = frontends.first(where: { $0.machine != first.machine })
    else { return }
    mistakes.append(
      error(
        "description/two-frontends",
        "'\(first.machine)' and '\(other.machine)' bounce through '\(share.name)', and each kernel takes all of it for its own",
        at: other.location, help: "give each frontend a share of its own",
        related: first.location == other.location
          ? [] : [.init("the other pool is here", at: first.location)]))
  }

  /// Whether all roles are in one share, and not in two of one name.
  private mutating func isOne(_ share: SharedMemory, _ holders: [Holder]) -> Bool {
    guard let other = holders.first(where: { $0.role.share != share })?.role else { return true }
    mistakes.append(
      error(
        "description/duplicate-name", "two shares of '\(platform.name)' are named '\(share.name)'",
        at: other.share.declaration.location ?? other.declaration.location,
        help: "declare it once, outside of the machines, or give one of them another name",
        related: [.init("the first is here", at: share.declaration.location)]))
    return false
  }

  /// Whether a share can be pages of all its machines, whatever the size of their pages.
  private mutating func checkExtent(_ share: SharedMemory, at place: SourceLocation?) {
    guard share.size.bytes > 0 else {
      mistakes.append(
        error(
          "description/empty-share", "'\(share.name)' has no bytes", at: place,
          help: "say how large it is"))
      return
    }
    guard AddressRange(at: share.at, size: share.size).closed != nil else {
      mistakes.append(
        error(
          "description/beyond-addresses",
          "\(share.size) from \(share.at) end beyond 64 bits", at: place,
          help: "share less, or at a lower address"))
      return
    }
    checkAlignment(share.at.value, "the address", at: place)
    checkAlignment(share.size.bytes, "the size", at: place)
    let declaration = share.declaration
    if declaration.label != nil || declaration.name != nil || declaration.omissions != nil
      || !declaration.additions.isEmpty || !declaration.allowances.isEmpty
    {
      mistakes.append(
        error(
          "description/no-node", "'\(share.name)' is a node of each machine that has it", at: place,
          help: "say this behind the role: .asReserved(.noMap).allowing(…)"))
    }
  }

  /// **Source:** Linux `arch/arm64/Kconfig`, `ARM64_64K_PAGES`: the largest pages, and the largest granule
  /// with which a hypervisor maps memory for its guests.
  private static let granule: UInt64 = 0x1_0000

  private mutating func checkAlignment(
    _ value: UInt64, _ what: String, at location: SourceLocation?
  ) {
    guard value % Self.granule != 0 else { return }
    mistakes.append(
      error(
        "description/share-misaligned",
        "\(what) of shared memory is a multiple of 64 KiB, and 0x\(String(value, radix: 16)) is none",
        at: location,
        help: "guests and hypervisors have pages of up to 64 KiB: share whole ones"))
  }

  /// Checks which machine serves a device.
  private mutating func check(_ device: ServedDevice, of machine: VirtualMachine) {
    let backend = device.backend
    guard let server = platform.virtualMachines.first(where: { $0.name == backend }) else {
      mistakes.append(
        error(
          "description/unknown-backend",
          "'\(platform.name)' has no virtual machine '\(backend)' that could serve this device",
          at: device.location,
          help: "it has \(Self.list(platform.virtualMachines.map(\.name)))"))
      return
    }
    guard server.name != machine.name else {
      mistakes.append(
        error(
          "description/backend-of-itself", "'\(backend)' can't serve a device of its own",
          at: device.location, help: "name the machine with the backend, or leave 'backend:' out"))
      return
    }
    let shares = machine.elements.roles.filter { device.regions.contains($0.name) }
    guard let share = shares.first else {
      mistakes.append(
        error(
          "description/backend-without-memory",
          "'\(backend)' serves this device, and sees none of the memory that it uses",
          at: device.location,
          help: "say 'memoryRegion:' with SharedMemory that both machines have"))
      return
    }
    let held = Set(server.elements.roles.map(\.name))
    guard !shares.contains(where: { held.contains($0.name) }) else { return }
    mistakes.append(
      error(
        "description/backend-without-memory",
        "'\(backend)' serves this device through '\(share.name)', and has no role in it",
        at: device.location,
        help: "say '\(share.name).asReserved(.noMap)' in the braces of '\(backend)'",
        related: [.init("'\(backend)' is here", at: server.declaration.location)]))
  }

  private static func list(_ names: [String]) -> String {
    names.map { "'\($0)'" }.joined(separator: ", ")
  }
}
