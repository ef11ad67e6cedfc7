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
  /// Features of functions, by the path of their host and their requester IDs.
  private let functionFeatures: [String: [UInt16: DeviceFeatures.Device]]
  private let dmaRanges: DMARanges.OfNodes
  private let pciHosts: [PCIHost]
  /// The command line tells IOMMUs to let everything through.
  let isPassthrough: Bool
  /// It tells them to translate, whatever the kernel was built for.
  let isTranslating: Bool
  /// No address in the tree is what its author meant.
  let isMisread: Bool
  /// What lies below this address is in the kernel's linear map; nil where all of memory is.
  let linearMapEnd: UInt64?
  /// What the kernel was built with; nil where nobody told.
  let guest: GuestConfiguration?

  init(
    topology: Topology, features: DeviceFeatures?, reservedMemory: ReservedMemory?,
    memory: RangeSet, pciHosts: [PCIHost], isPassthrough: Bool,
    isTranslating: Bool, isMisread: Bool,
    guest: GuestConfiguration?, linearMapEnd: UInt64?
  ) {
    self.topology = topology
    self.isPassthrough = isPassthrough
    self.isTranslating = isTranslating
    self.isMisread = isMisread
    self.guest = guest
    self.linearMapEnd = linearMapEnd
    self.reservedMemory = reservedMemory
    self.memory = memory
    self.pciHosts = pciHosts
    dmaRanges = DMARanges.OfNodes(topology)
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
        if lostIOMMU(of: host.node, .pciHost) != nil { return true }
        let told = functionFeatures.isEmpty ? nil : functionFeatures[host.node.path]
        return host.leavesOutMore(
          than: Set(host.functions.map(\.requesterID)).union(told?.keys.map { $0 } ?? []))
      }.map(\.node.index))
    let virtio = topology.compatibles.nodes(listing: "virtio,mmio").filter {
      topology[$0].isEnabled
    }
    var devices = virtio.map { device($0, .virtioMMIO, isBypassed: false) }
    let isVirtio = Set(virtio.map(\.index))
    for host in pciHosts where host.isEnabled && !isVirtio.contains(host.node.index) {
      devices.append(
        device(host.node, .pciHost, isBypassed: bypassed.contains(host.node.index)))
    }
    devices += functions
    return devices.sorted { $0.node.index < $1.node.index }
  }

  private func device(
    _ node: FlattenedTree.Node, _ kind: DMADevice.Kind, isBypassed: Bool
  ) -> DMADevice {
    let memoryRegion = node.property("memory-region")
    let references = memoryRegion.map(references(in:)) ?? []
    let iommu = iommu(of: node, kind)
    let lost = lostIOMMU(of: node, kind)
    let features = features.isEmpty ? nil : features[node.path]
    let bus = kind == .pciHost ? node : node.parent ?? node
    return DMADevice(
      node: node, kind: kind, hasNode: true, requesterID: nil, features: features,
      memoryRegion: memoryRegion, regionReferences: references,
      effectiveMemoryRegion: memoryRegion, effectiveRegionReferences: references, iommu: iommu,
      lostIOMMU: lost, dmaRanges: dmaRanges[bus], isCoherent: isCoherent(node),
      outcome: outcome(
        node, kind, features: features, memoryRegion: memoryRegion, references: references,
        iommu: isBypassed ? nil : iommu,
        withoutIOMMU: lost.map(Self.reason)
          ?? (isBypassed
            ? .outsideIOMMUMap
            : kind == .virtioMMIO && node.has("#iommu-cells") ? .isIOMMU : .notConfined)))
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
    var lost: DMADevice.LostIOMMU?
    if let map = host.iommuMap, let row = map.row(for: requesterID) {
      lost = self.lost(map.property, row.target)
      if lost == nil {
        iommu = row.target.map { DMADevice.IOMMUReference(property: map.property, node: $0) }
      }
    }
    let isIOMMU = features?.isIOMMU ?? false || ownNode.flatMap { IOMMUKind($0) } == .virtioPCI
    return DMADevice(
      node: node, kind: .pciFunction, hasNode: ownNode != nil, requesterID: requesterID,
      features: features, memoryRegion: memoryRegion, regionReferences: own,
      effectiveMemoryRegion: effective, effectiveRegionReferences: references, iommu: iommu,
      lostIOMMU: lost, dmaRanges: dmaRanges[host.node], isCoherent: isCoherent(node),
      outcome: outcome(
        host.node, .pciFunction, features: features, memoryRegion: effective,
        references: references, iommu: iommu,
        withoutIOMMU: lost.map(Self.reason)
          ?? (isIOMMU
            ? .isIOMMU : host.iommuMap != nil && iommu == nil ? .outsideIOMMUMap : .notConfined)))
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
