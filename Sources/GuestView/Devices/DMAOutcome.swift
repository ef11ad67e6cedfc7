public import DeviceTree

/// Where a device may DMA in the end.
public enum DMAOutcome: Sendable {
  /// Into this pool alone: everything bounces.
  case restrictedPool(ReservedRegion)
  /// Where this IOMMU lets it.
  case iommu(FlattenedTree.Node)
  /// Into all of the guest's memory: nothing confines it, or what should have done so fails open.
  case allMemory(because: OpenReason)
  /// Nowhere: the device doesn't come up.
  case absent(because: AbsenceReason)

  /// Whether something confines the device.
  public var isConfined: Bool {
    switch self {
    case .restrictedPool, .iommu: true
    case .allMemory, .absent: false
    }
  }
}
