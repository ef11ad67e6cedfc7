import DeviceTree

/// Finds the devices that DMA, and decides for each where it may.
///
/// **Source:** Linux `drivers/of/device.c`, `of_dma_configure_id` and `of_dma_set_restricted_buffer`.
struct DMAResolver {
  let topology: Topology
  let reservedMemory: ReservedMemory?
  let memory: RangeSet
  private let features: [String: DeviceFeatures.Device]
  private let dmaRanges: [DMARanges?]

  init(
    topology: Topology, features: DeviceFeatures?, reservedMemory: ReservedMemory?,
    memory: RangeSet
  ) {
    self.topology = topology
    self.reservedMemory = reservedMemory
    self.memory = memory
    dmaRanges = DMARanges.all(topology)
    // Looked up by path, never walked.
    self.features = Dictionary(
      (features?.devices ?? []).map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func devices() -> [DMADevice] {
    topology.tree.nodes.compactMap { node in
      guard topology[node].isEnabled, let kind = kind(of: node) else { return nil }
      return device(node, kind)
    }
  }

  private func kind(of node: FlattenedTree.Node) -> DMADevice.Kind? {
    if node.isCompatible("virtio,mmio") { return .virtioMMIO }
    return topology.isPCIHost(node) ? .pciHost : nil
  }

  private func device(_ node: FlattenedTree.Node, _ kind: DMADevice.Kind) -> DMADevice {
    let memoryRegion = node.property("memory-region")
    let references = memoryRegion.map(references(in:)) ?? []
    let iommu = iommu(of: node)
    let features = features.isEmpty ? nil : features[node.path]
    let bus = kind == .pciHost ? node : node.parent ?? node
    return DMADevice(
      node: node, kind: kind, features: features, memoryRegion: memoryRegion,
      regionReferences: references, iommu: iommu, dmaRanges: dmaRanges[bus.index],
      isCoherent: isCoherent(node),
      outcome: outcome(
        node, kind, features: features, memoryRegion: memoryRegion, references: references,
        iommu: iommu))
  }

  private func references(in property: FlattenedTree.Property) -> [DMADevice.RegionReference] {
    guard property.count % 4 == 0 else { return [] }
    return (0..<property.cellCount).compactMap { cell in
      guard let phandle = property.cell(cell) else { return nil }
      let target = topology.phandles.node(for: phandle)
      return DMADevice.RegionReference(
        cell: cell, phandle: phandle, target: target,
        region: target.flatMap { reservedMemory?.region(of: $0) },
        isAvailable: target.map { topology[$0].isAvailable } ?? false)
    }
  }

  /// **Source:** Linux `drivers/iommu/of_iommu.c`, `of_iommu_configure`, `of_iommu_xlate`: an IOMMU
  /// that is disabled counts as none.
  private func iommu(of node: FlattenedTree.Node) -> DMADevice.IOMMUReference? {
    if let property = node.property("iommus"), let phandle = property.cell(0),
      let target = topology.phandles.node(for: phandle), topology[target].isAvailable
    {
      return DMADevice.IOMMUReference(property: property, node: target)
    }
    // Entries of (first requester ID, IOMMU, first stream, count).
    guard let map = node.property("iommu-map"), map.count % 16 == 0 else { return nil }
    for entry in 0..<(map.cellCount / 4) {
      guard let phandle = map.cell(4 * entry + 1), let length = map.cell(4 * entry + 3),
        length > 0, let target = topology.phandles.node(for: phandle),
        topology[target].isAvailable
      else { continue }
      return DMADevice.IOMMUReference(property: map, node: target)
    }
    return nil
  }

  private func isCoherent(_ node: FlattenedTree.Node) -> Bool? {
    var candidate: FlattenedTree.Node? = node
    while let node = candidate {
      if node.has("dma-coherent") { return true }
      if node.has("dma-noncoherent") { return false }
      candidate = node.parent
    }
    return nil
  }
}
