extension VMMArguments {
  /// The arguments of every VMM that is known here, for these devices.
  ///
  /// - Parameters:
  ///   - devices: What the devices offer.
  ///   - architecture: That of the machine: `arm64`.
  ///   - poolSize: The size of its restricted pools together, in bytes; 0 for none.
  ///   - translated: The devices that have an IOMMU in front of them.
  /// - Returns: One for each VMM, in a fixed order.
  public static func all(
    for devices: [OfferedDevice], architecture: String, poolSize: UInt64,
    translated: Set<OfferedDevice>
  ) -> [VMMArguments] {
    var all: [VMMArguments] = []
    if let board = QEMUBoard(architecture: architecture) {
      all.append(QEMUArguments.arguments(for: devices, board: board))
    }
    all.append(CrosvmArguments.arguments(for: devices, poolSize: poolSize))
    all.append(CloudHypervisorArguments.arguments(for: devices, translated: translated))
    return all
  }
}
