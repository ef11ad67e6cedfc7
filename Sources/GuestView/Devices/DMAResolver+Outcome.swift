import DeviceTree

extension DMAResolver {
  func outcome(
    _ node: FlattenedTree.Node, _ kind: DMADevice.Kind, features: DeviceFeatures.Device?,
    memoryRegion: FlattenedTree.Property?, references: [DMADevice.RegionReference],
    iommu: DMADevice.IOMMUReference?, withoutIOMMU: OpenReason
  ) -> DMAOutcome {
    if let reason = absence(node, kind) { return .absent(because: reason) }
    // What was never meant to be confined lacks a pool first, and the feature only because of that.
    if memoryRegion == nil, iommu == nil { return .allMemory(because: withoutIOMMU) }
    if let features, !features.offersAccessPlatform {
      return .allMemory(because: .accessPlatformNotOffered)
    }
    if let iommu, !isWithoutDriver(iommu.node) {
      // Grants are taken from the device's own operations, whatever its domain is.
      let letsAllThrough = isPassthrough && IOMMUKind(iommu.node) != .xenGrants
      if letsAllThrough { return .allMemory(because: .iommuPassthrough) }
      return isBuiltForPassthrough
        ? .allMemory(because: .iommuPassthroughBuilt) : .iommu(iommu.node)
    }
    guard let memoryRegion else {
      return .allMemory(because: iommu == nil ? withoutIOMMU : .iommuNotBuilt)
    }
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

  /// Whether the kernel was built without the driver of an IOMMU: who refers to it waits for one, and is
  /// taken to have none when the wait is over.
  private func isWithoutDriver(_ iommu: FlattenedTree.Node) -> Bool {
    guard let guest, let driver = GuestOption.driver(ofIOMMU: iommu) else { return false }
    return !guest.has(driver)
  }

  /// Whether the kernel lets IOMMUs pass everything through where nobody tells it not to.
  ///
  /// **Source:** Linux `drivers/iommu/iommu.c`, `iommu_subsys_init`.
  private var isBuiltForPassthrough: Bool {
    (guest?.has(.iommuDefaultPassthrough) ?? false) && !isTranslating
  }

  private func absence(
    _ node: FlattenedTree.Node, _ kind: DMADevice.Kind
  ) -> AbsenceReason? {
    guard !isMisread else { return .rootMisread }
    guard topology[node].isInstantiated else { return .unpopulatedBus }
    guard topology.registers(of: node).first?.range != nil else { return .withoutWindow }
    guard kind == .virtioMMIO else { return hostControllerFault(node).map(Self.reason) }
    guard let interrupt = topology.interrupts(of: node).first else { return .withoutInterrupt }
    return controllers.fault(of: interrupt.controller, topology).map(Self.reason)
  }

  /// What keeps all functions of a host from having an interrupt; nil where one may have one.
  private func hostControllerFault(_ host: FlattenedTree.Node) -> ControllerFault? {
    guard let map = InterruptMap(host, topology), !map.rows.isEmpty else { return nil }
    var first: ControllerFault?
    var seen = -1
    for row in map.rows where row.parent.index != seen {
      seen = row.parent.index
      guard let fault = controllers.fault(of: row.parent, topology) else { return nil }
      first = first ?? fault
    }
    // Message-signalled interrupts may still go somewhere.
    for target in (host.property("msi-map").map(msiTargets(of:)) ?? []) where !isLost(target) {
      return nil
    }
    return first
  }

  private func msiTargets(of map: FlattenedTree.Property) -> [FlattenedTree.Node] {
    (0..<(map.cellCount / 4)).compactMap { entry in
      map.cell(4 * entry + 1).flatMap(topology.phandles.node(for:))
    }
  }

  /// Whether nobody starts this MSI controller: it is disabled, or a part of a controller that
  /// nobody starts.
  private func isLost(_ controller: FlattenedTree.Node) -> Bool {
    guard topology[controller].isEnabled else { return true }
    guard let parent = controller.parent, parent.has("interrupt-controller") else { return false }
    return controllers.fault(of: parent, topology) != nil
  }

  private static func reason(_ fault: ControllerFault) -> AbsenceReason {
    switch fault.kind {
    case .disabled: .controllerDisabled
    case .unknown: .controllerUnknown
    }
  }

  private func reasonWithoutPool(_ references: [DMADevice.RegionReference]) -> OpenReason {
    let pools = references.filter { $0.target?.isCompatible("restricted-dma-pool") ?? false }
    if !pools.isEmpty { return .poolDisabled }
    return references.contains { $0.target != nil } ? .noRestrictedPool : .danglingReference
  }

  /// **Source:** Linux `kernel/dma/swiotlb.c`, `rmem_swiotlb_device_init`.
  private func outcome(attaching region: ReservedRegion, _ kind: DMADevice.Kind) -> DMAOutcome {
    if let refusal = region.refusal { return .allMemory(because: .poolRefused(refusal)) }
    // Such a kernel keeps the region from its allocator, and looks no further.
    if let guest, !guest.knowsRestrictedPools { return .allMemory(because: .poolsNotBuilt) }
    guard let size = region.size else {
      return .allMemory(because: .poolRefused(.withoutExtent))
    }
    if size > RestrictedPool.largestSize { return .allMemory(because: .poolTooLarge) }
    if let range = region.range {
      // The check of the kernel is for 32-bit ones, whose linear map ends before memory does.
      if let linearMapEnd, range.first >= linearMapEnd {
        return .allMemory(because: .poolAboveLinearMap)
      }
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
