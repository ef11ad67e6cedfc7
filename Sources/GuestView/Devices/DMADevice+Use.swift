public import PoolSizing

extension DMADevice {
  /// What decides how much of a pool it takes; nil where nobody told its queues, or none that a device can have.
  public var use: VirtioUse? {
    guard let features, !features.queueSizes.isEmpty,
      features.queueSizes.allSatisfy({ (1...32768).contains($0) })
    else { return nil }
    return VirtioUse(
      deviceID: Int(clamping: features.type), queueSizes: features.queueSizes,
      featureBits: features.featureBits, transport: kind == .virtioMMIO ? .mmio : .pci)
  }
}
