public import PlatformDescription

extension Platform {
  /// The machines of `platform`, of which this one has some, that share memory with one of these and aren't among them.
  ///
  /// - Returns: They, in the order of the description.
  public func companions(in platform: Platform) -> [VirtualMachine] {
    let names = Set(virtualMachines.map(\.name))
    let shares = Set(virtualMachines.flatMap(\.elements.roles).map(\.name))
    return platform.virtualMachines.filter { machine in
      !names.contains(machine.name) && machine.elements.roles.contains { shares.contains($0.name) }
    }
  }
}
