import DeviceTree

/// Finds the devices that DMA, and decides for each where it may.
///
/// **Source:** Linux `drivers/of/device.c`, `of_dma_configure_id` and `of_dma_set_restricted_buffer`.
struct DMAResolver {
  let topology: Topology
  let reservedMemory: ReservedMemory?
  let memory: RangeSet
  private let features: [String: DeviceFeatures.Device]
  /// Features of functions, by the path of their host and their requester IDs.
  private let functionFeatures: [String: [UInt16: DeviceFeatures.Device]]
  private let dmaRanges: [DMARanges?]
  private let pciHosts: [PCIHost]

  init(
    topology: Topology, features: DeviceFeatures?, reservedMemory: ReservedMemory?,
    memory: RangeSet, pciHosts: [PCIHost]
  ) {
    self.topology = topology
    self.reservedMemory = reservedMemory
    self.memory = memory
    self.pciHosts = pciHosts
    dmaRanges = DMARanges.all(topology)
    // Looked up by path, never walked.
    let devices = features?.devices ?? []
    self.features = Dictionary(
      devices.filter { $0.requesterID == nil }.map { ($0.node, $0) },
      uniquingKeysWith: { first, _ in first })
    var functions: [String: [UInt16: DeviceFeatures.Device]] = [:]
    for device in devices {
      guard let requesterID = device.requesterID, functions[device.node]?[requesterID] == nil
      else { continue }
      functions[device.node, default: [:]][requesterID] = device
    }
    functionFeatures = functions
  }

  func devices() -> [DMADevice] {
    let functions = pciHosts.flatMap { host in
      host.functions.compactMap { topology[$0.node].isEnabled ? device($0, of: host) : nil }
    }
    // What holds for the functions that nobody tells of holds for all of them, so an IOMMU that some of
    // those go past is none.
    let bypassed = Set(
      pciHosts.filter { host in
        let told = functionFeatures.isEmpty ? nil : functionFeatures[host.node.path]
        return host.leavesOutMore(
          than: Set(host.functions.map(\.requesterID)).union(told?.keys.map { $0 } ?? []))
      }.map(\.node.index))
    let others = topology.tree.nodes.compactMap { node -> DMADevice? in
      guard topology[node].isEnabled else { return nil }
      if node.isCompatible("virtio,mmio") { return device(node, .virtioMMIO, isBypassed: false) }
      guard topology.isPCIHost(node) else { return nil }
      return device(node, .pciHost, isBypassed: bypassed.contains(node.index))
    }
    guard !functions.isEmpty else { return others }
    return (others + functions).sorted { $0.node.index < $1.node.index }
  }

  private func device(
    _ node: FlattenedTree.Node, _ kind: DMADevice.Kind, isBypassed: Bool
  ) -> DMADevice {
    let memoryRegion = node.property("memory-region")
    let references = memoryRegion.map(references(in:)) ?? []
    let iommu = iommu(of: node)
    let features = features.isEmpty ? nil : features[node.path]
    let bus = kind == .pciHost ? node : node.parent ?? node
    return DMADevice(
      node: node, kind: kind, hasNode: true, requesterID: nil, features: features,
      memoryRegion: memoryRegion, regionReferences: references,
      effectiveMemoryRegion: memoryRegion, effectiveRegionReferences: references, iommu: iommu,
      dmaRanges: dmaRanges[bus.index],
      isCoherent: isCoherent(node),
      outcome: outcome(
        node, kind, features: features, memoryRegion: memoryRegion, references: references,
        iommu: isBypassed ? nil : iommu,
        openReason: isBypassed
          ? .outsideIOMMUMap : kind == .virtioMMIO && node.has("#iommu-cells") ? .isIOMMU : nil))
  }

  /// The functions that have no node and that features tell of, host by host and in ascending order.
  func hiddenFunctions() -> [DMADevice] {
    guard !functionFeatures.isEmpty else { return [] }
    return pciHosts.flatMap { host -> [DMADevice] in
      guard topology[host.node].isEnabled, let told = functionFeatures[host.node.path] else {
        return []
      }
      let shown = Set(host.functions.map(\.requesterID))
      return told.keys.filter { !shown.contains($0) }.sorted().map { requesterID in
        device(nil, requesterID, of: host, told[requesterID])
      }
    }
  }

  private func device(_ function: PCIFunction, of host: PCIHost) -> DMADevice {
    var told: DeviceFeatures.Device?
    if !features.isEmpty { told = features[function.node.path] }
    if told == nil, !functionFeatures.isEmpty {
      told = functionFeatures[host.node.path]?[function.requesterID]
    }
    return device(function.node, function.requesterID, of: host, told)
  }

  /// A PCI function: its IOMMU is what the host's map says of its requester ID, and the host's pool
  /// is its own unless it has a `memory-region`, whatever is in that.
  ///
  /// **Source:** Linux `drivers/pci/pci-driver.c`, `pci_dma_configure`; `drivers/of/device.c`,
  /// `of_dma_set_restricted_buffer`; `drivers/iommu/of_iommu.c`, `of_pci_iommu_init`.
  private func device(
    _ ownNode: FlattenedTree.Node?, _ requesterID: UInt16, of host: PCIHost,
    _ features: DeviceFeatures.Device?
  ) -> DMADevice {
    let node = ownNode ?? host.node
    let memoryRegion = ownNode?.property("memory-region")
    let own = memoryRegion.map(references(in:)) ?? []
    let effective = memoryRegion ?? host.node.property("memory-region")
    let references = memoryRegion == nil ? effective.map(references(in:)) ?? [] : own
    var iommu: DMADevice.IOMMUReference?
    if let map = host.iommuMap, let target = map.row(for: requesterID)?.target,
      topology[target].isAvailable
    {
      iommu = DMADevice.IOMMUReference(property: map.property, node: target)
    }
    let isIOMMU = features?.isIOMMU ?? false || ownNode.flatMap { IOMMUKind($0) } == .virtioPCI
    return DMADevice(
      node: node, kind: .pciFunction, hasNode: ownNode != nil, requesterID: requesterID,
      features: features, memoryRegion: memoryRegion, regionReferences: own,
      effectiveMemoryRegion: effective, effectiveRegionReferences: references, iommu: iommu,
      dmaRanges: dmaRanges[host.node.index], isCoherent: isCoherent(node),
      outcome: outcome(
        host.node, .pciFunction, features: features, memoryRegion: effective,
        references: references, iommu: iommu,
        openReason: isIOMMU
          ? .isIOMMU : host.iommuMap != nil && iommu == nil ? .outsideIOMMUMap : nil))
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
