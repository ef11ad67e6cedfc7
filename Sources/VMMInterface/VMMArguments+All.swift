public import PlatformDescription

extension VMMArguments {
  /// The arguments of every VMM that is known here, for these devices.
  ///
  /// - Parameters:
  ///   - devices: What the devices offer.
  ///   - architecture: That of the machine: `arm64`.
  ///   - poolSize: The size of its restricted pools together, without those that are shared, in bytes; 0 for none.
  ///   - memory: Its memory; what it has in common with others is mapped from files. Without any in common a VMM's
  ///     own options for memory stay as they are.
  ///   - translated: The devices that have an IOMMU in front of them.
  ///   - served: The machines whose backends serve devices.
  ///   - confidential: What keeps the guest's memory from its host; nil where nothing does.
  /// - Returns: One for each VMM, in a fixed order.
  public static func all(
    for devices: [OfferedDevice], architecture: String, poolSize: UInt64,
    memory: HostedMemory = HostedMemory(), translated: Set<OfferedDevice>,
    served: [OfferedDevice: String] = [:], confidential: Confidentiality? = nil
  ) -> [VMMArguments] {
    var all: [VMMArguments] = []
    if let board = QEMUBoard(architecture: architecture) {
      all.append(
        QEMUArguments.arguments(
          for: devices, board: board, memory: memory, confidential: confidential))
      // The other two have no such machine.
      if board.describesItself { return all }
    }
    all.append(
      CrosvmArguments.arguments(
        for: devices, architecture: architecture, poolSize: poolSize, memory: memory))
    all.append(
      CloudHypervisorArguments.arguments(
        for: devices, architecture: architecture, memory: memory, translated: translated))
    for device in devices {
      guard let backend = served[device] else { continue }
      for index in all.indices {
        all[index].differ(
          device, "'\(backend)' is to serve it; with these arguments the VMM does so itself")
      }
    }
    return all
  }
}
