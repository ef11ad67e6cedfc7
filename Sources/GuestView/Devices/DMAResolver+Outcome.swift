import DeviceTree

extension DMAResolver {
  func outcome(
    _ node: FlattenedTree.Node, _ kind: DMADevice.Kind, features: DeviceFeatures.Device?,
    memoryRegion: FlattenedTree.Property?, references: [DMADevice.RegionReference],
    iommu: DMADevice.IOMMUReference?, openReason: OpenReason? = nil
  ) -> DMAOutcome {
    if let reason = absence(node, kind) { return .absent(because: reason) }
    // What was never meant to be confined lacks a pool first, and the feature only because of that.
    if memoryRegion == nil, iommu == nil {
      return .allMemory(because: openReason ?? .notConfined)
    }
    if let features, !features.offersAccessPlatform {
      return .allMemory(because: .accessPlatformNotOffered)
    }
    if let iommu { return .iommu(iommu.node) }
    guard let memoryRegion else { return .allMemory(because: .notConfined) }
    guard memoryRegion.count > 0, memoryRegion.count % 4 == 0 else {
      return .allMemory(because: .malformedMemoryRegion)
    }
    guard let attached = references.first(where: \.isEnabledPool) else {
      return .allMemory(because: reasonWithoutPool(references))
    }
    guard let region = attached.region else {
      return .allMemory(because: .poolOutsideReservedMemory)
    }
    return outcome(attaching: region, kind)
  }

  private func absence(
    _ node: FlattenedTree.Node, _ kind: DMADevice.Kind
  ) -> AbsenceReason? {
    guard topology[node].isInstantiated else { return .unpopulatedBus }
    guard topology.registers(of: node).first?.range != nil else { return .withoutWindow }
    if kind == .virtioMMIO, topology.interrupts(of: node).isEmpty { return .withoutInterrupt }
    return nil
  }

  private func reasonWithoutPool(_ references: [DMADevice.RegionReference]) -> OpenReason {
    let pools = references.filter { $0.target?.isCompatible("restricted-dma-pool") ?? false }
    if !pools.isEmpty { return .poolDisabled }
    return references.contains { $0.target != nil } ? .noRestrictedPool : .danglingReference
  }

  /// **Source:** Linux `kernel/dma/swiotlb.c`, `rmem_swiotlb_device_init`.
  private func outcome(attaching region: ReservedRegion, _ kind: DMADevice.Kind) -> DMAOutcome {
    if let refusal = region.refusal { return .allMemory(because: .poolRefused(refusal)) }
    guard let size = region.size else {
      return .allMemory(because: .poolRefused(.withoutExtent))
    }
    if size > RestrictedPool.largestSize { return .allMemory(because: .poolTooLarge) }
    if let range = region.range {
      guard memory.contains(range) else { return .absent(because: .poolOutsideMemory) }
      guard range.first % RestrictedPool.slotSize == 0 else {
        return .absent(because: .poolMisaligned)
      }
    }
    guard size >= RestrictedPool.smallestRing || kind != .virtioMMIO else {
      return .absent(because: .poolTooSmall)
    }
    return .restrictedPool(region)
  }
}

extension Topology {
  /// Whether `node` is the root of a PCI hierarchy.
  func isPCIHost(_ node: FlattenedTree.Node) -> Bool {
    guard let parent = node.parent, !self[parent].isPCI else { return false }
    return self[node].isPCI || node.isCompatible("pci-host-ecam-generic")
      || node.isCompatible("pci-host-cam-generic")
  }
}
