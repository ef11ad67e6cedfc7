import DeviceTree

/// Finds the devices that DMA, and decides for each where it may.
///
/// **Source:** Linux `drivers/of/device.c`, `of_dma_configure_id` and `of_dma_set_restricted_buffer`.
struct DMAResolver {
  let topology: Topology
  let reservedMemory: ReservedMemory?
  let memory: RangeSet
  /// What is wrong with controllers that were asked for: many devices have the same one.
  let controllers = ControllerFaultCache()
  private let features: [String: DeviceFeatures.Device]
  private let dmaRanges: [DMARanges?]
  private let pciHosts: [PCIHost]
  /// The command line tells IOMMUs to let everything through.
  let isPassthrough: Bool
  /// No address in the tree is what its author meant.
  let isMisread: Bool
  /// What lies below this address is in the kernel's linear map; nil where all of memory is.
  let linearMapEnd: UInt64?

  init(
    topology: Topology, features: DeviceFeatures?, reservedMemory: ReservedMemory?,
    memory: RangeSet, pciHosts: [PCIHost], isPassthrough: Bool, isMisread: Bool,
    linearMapEnd: UInt64?
  ) {
    self.topology = topology
    self.isPassthrough = isPassthrough
    self.isMisread = isMisread
    self.linearMapEnd = linearMapEnd
    self.reservedMemory = reservedMemory
    self.memory = memory
    self.pciHosts = pciHosts
    dmaRanges = DMARanges.all(topology)
    // Looked up by path, never walked.
    self.features = Dictionary(
      (features?.devices ?? []).map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func devices() -> [DMADevice] {
    let functions = pciHosts.flatMap { host in
      host.functions.compactMap { topology[$0.node].isEnabled ? device($0, of: host) : nil }
    }
    // What holds for a host's functions without a node holds for all of them, so an IOMMU that some
    // go past is none.
    let bypassed = Set(
      pciHosts.filter { !$0.bypassingRequesterIDs.isEmpty || lostIOMMU(of: $0.node) != nil }
        .map(\.node.index))
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
    let lost = lostIOMMU(of: node)
    let features = features.isEmpty ? nil : features[node.path]
    let bus = kind == .pciHost ? node : node.parent ?? node
    return DMADevice(
      node: node, kind: kind, requesterID: nil, features: features, memoryRegion: memoryRegion,
      regionReferences: references, iommu: iommu, lostIOMMU: lost,
      dmaRanges: dmaRanges[bus.index], isCoherent: isCoherent(node),
      outcome: outcome(
        node, kind, features: features, memoryRegion: memoryRegion, references: references,
        iommu: isBypassed ? nil : iommu,
        withoutIOMMU: lost.map(Self.reason) ?? (isBypassed ? .outsideIOMMUMap : .notConfined)))
  }

  /// A PCI function: its IOMMU is what the host's map says of its requester ID, and the host's pool
  /// is its own unless it has a `memory-region`, whatever is in that.
  ///
  /// **Source:** Linux `drivers/pci/pci-driver.c`, `pci_dma_configure`; `drivers/of/device.c`,
  /// `of_dma_set_restricted_buffer`; `drivers/iommu/of_iommu.c`, `of_pci_iommu_init`.
  private func device(_ function: PCIFunction, of host: PCIHost) -> DMADevice {
    let node = function.node
    let memoryRegion = node.property("memory-region")
    let own = memoryRegion.map(references(in:)) ?? []
    let effective = memoryRegion ?? host.node.property("memory-region")
    let references = memoryRegion == nil ? effective.map(references(in:)) ?? [] : own
    var iommu: DMADevice.IOMMUReference?
    var lost: DMADevice.LostIOMMU?
    if let map = host.iommuMap, let row = map.row(for: function.requesterID) {
      lost = self.lost(map.property, row.target)
      if lost == nil {
        iommu = row.target.map { DMADevice.IOMMUReference(property: map.property, node: $0) }
      }
    }
    let features = features.isEmpty ? nil : features[node.path]
    return DMADevice(
      node: node, kind: .pciFunction, requesterID: function.requesterID, features: features,
      memoryRegion: memoryRegion, regionReferences: own, iommu: iommu, lostIOMMU: lost,
      dmaRanges: dmaRanges[host.node.index], isCoherent: isCoherent(node),
      outcome: outcome(
        host.node, .pciFunction, features: features, memoryRegion: effective,
        references: references, iommu: iommu,
        withoutIOMMU: lost.map(Self.reason)
          ?? (host.iommuMap != nil && iommu == nil ? .outsideIOMMUMap : .notConfined)))
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
