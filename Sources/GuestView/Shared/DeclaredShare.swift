/// Memory that somebody says several machines share: a description, or whoever calls the checker.
public struct DeclaredShare: Sendable, Hashable {
  /// One machine's part.
  public struct Party: Sendable, Hashable {
    /// The name of the machine, as ``MachinesView/Machine/name`` has it.
    public var machine: String
    /// What it does with the memory; nil where nobody says, and the tree decides.
    public var role: ShareRole?

    /// A machine's part.
    public init(machine: String, role: ShareRole? = nil) {
      self.machine = machine
      self.role = role
    }
  }

  /// The name: that of its nodes, without unit address.
  public var name: String
  /// The guest-physical addresses, the same in every machine.
  public var range: AddressRange
  /// The machines.
  public var parties: [Party]

  /// Shared memory.
  public init(name: String, range: AddressRange, parties: [Party]) {
    self.name = name
    self.range = range
    self.parties = parties
  }

  /// Shared memory from `address` on, `size` bytes long; nil where that is none, or wraps.
  public init?(name: String, at address: UInt64, size: UInt64, parties: [Party]) {
    guard let range = AddressRange(at: address, size: size) else { return nil }
    self.init(name: name, range: range, parties: parties)
  }
}
