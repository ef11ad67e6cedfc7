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

extension DMAOutcome: CustomStringConvertible {
  /// Where, in a few words: `only restricted-dma-pool@5f000000`, `all of memory: …`.
  public var description: String {
    switch self {
    case .restrictedPool(let region): "only \(region.node.name)"
    case .iommu(let node): "what \(node.name) maps"
    case .allMemory(because: let reason): "all of memory: \(reason)"
    case .absent(because: let reason): "nowhere: \(reason)"
    }
  }
}
