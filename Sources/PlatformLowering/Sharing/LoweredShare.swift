public import PlatformDescription

/// Memory that several machines of a platform share, with what each has it for: all that one machine's
/// tree can't say.
public struct LoweredShare: Sendable, Hashable {
  /// A machine that has the memory.
  public struct Party: Sendable, Hashable {
    /// The name of the machine.
    public var machine: String
    /// What it does with the memory.
    public var role: LoweredRole
  }

  /// A virtio device whose buffers and rings are in the memory.
  public struct Device: Sendable, Hashable {
    /// The name of its driver's machine.
    public var machine: String
    /// The device.
    public var device: LoweredDevice
  }

  /// The name of the share.
  public var name: String
  /// How many machines the description says that it has.
  public var partyCount: Int
  /// The machines that have it, in the order of the description.
  public var parties: [Party]
  /// The devices that name it, in the order of the description.
  public var devices: [Device]
  /// Where it was declared.
  public var location: SourceLocation?

  /// The shares of a platform, in the order in which its machines name them.
  ///
  /// - Parameters:
  ///   - machines: Its machines that have trees.
  ///   - tables: The tables of its machines.
  /// - Returns: A share for each name.
  public static func all(
    in machines: [LoweredMachine], tables: [LoweredTables] = []
  ) -> [LoweredShare] {
    var shares: [LoweredShare] = []
    func add(_ roles: [LoweredRole], _ devices: [LoweredDevice], of machine: String) {
      for role in roles {
        let party = Party(machine: machine, role: role)
        let users = devices.filter { $0.regions.contains(role.name) }
          .map { Device(machine: machine, device: $0) }
        if let index = shares.firstIndex(where: { $0.name == role.name }) {
          shares[index].parties.append(party)
          shares[index].devices += users
        } else {
          shares.append(
            LoweredShare(
              name: role.name, partyCount: role.parties, parties: [party], devices: users,
              location: role.share))
        }
      }
    }
    for machine in machines { add(machine.roles, machine.devices, of: machine.name) }
    // A machine that has a tree, too, is there already.
    for built in tables where !built.hasTree { add(built.roles, built.devices, of: built.name) }
    return shares
  }
}
