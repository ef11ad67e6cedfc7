public import PlatformDescription

extension VMMArguments {
  /// The arguments of every VMM that is known here, for these devices.
  ///
  /// - Parameters:
  ///   - devices: What the devices offer.
  ///   - architecture: That of the machine: `arm64`.
  ///   - poolSize: The size of its restricted pools together, in bytes; 0 for none.
  ///   - translated: The devices that have an IOMMU in front of them.
  ///   - confidential: What keeps the guest's memory from its host; nil where nothing does.
  /// - Returns: One for each VMM, in a fixed order.
  public static func all(
    for devices: [OfferedDevice], architecture: String, poolSize: UInt64,
    translated: Set<OfferedDevice>, confidential: Confidentiality? = nil
  ) -> [VMMArguments] {
    var all: [VMMArguments] = []
    if let board = QEMUBoard(architecture: architecture) {
      all.append(
        QEMUArguments.arguments(for: devices, board: board, confidential: confidential))
      // The other two have no such machine.
      if board.describesItself { return all }
    }
    all.append(CrosvmArguments.arguments(for: devices, poolSize: poolSize))
    all.append(CloudHypervisorArguments.arguments(for: devices, translated: translated))
    return all
  }
}
