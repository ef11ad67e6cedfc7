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
}
