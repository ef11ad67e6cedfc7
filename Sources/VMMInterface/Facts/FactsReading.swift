import DeviceTree
import GuestView

/// One machine on its way into the facts of its platform.
struct FactsReading {
  private(set) var facts: PlatformFacts
  /// The rows of regions, by the positions of their nodes.
  private(set) var regions: [Int: Int] = [:]
  private let view: GuestView
  private let machine: Int
  /// The rows of IOMMUs and of devices that have a node, by the positions of their nodes.
  private var iommus: [Int: Int] = [:]
  private var devices: [Int: Int] = [:]

  init(_ view: GuestView, _ machine: Int, into facts: PlatformFacts) {
    self.view = view
    self.machine = machine
    self.facts = facts
  }

  /// Reads all of it; `backends` are those of this machine, `machines` all of the platform.
  mutating func read(
    _ backends: [PlatformFacts.Backend], among machines: [PlatformFacts.Machine]
  ) {
    for bank in view.memory {
      facts.memory.append(
        .init(machine: machine, first: bank.range.first, last: bank.range.last))
    }
    readRegions()
    readIOMMUs()
    readDevices(backends, among: machines)
    readWindows()
    readInterrupts()
    readStreams()
  }

  private mutating func readRegions() {
    for region in view.regions where region.range != nil || region.dynamic != nil {
      regions[region.node.index] = facts.regions.count
      let kind: PlatformFacts.Region.Kind =
        switch region.kind {
        case .restrictedPool: .restrictedPool
        case .coherentPool: .coherentPool
        case .contiguous: .contiguous
        case .plain: .reserved
        }
      facts.regions.append(
        .init(
          machine: machine, node: region.node.path, kind: kind, mapped: !region.isUnmapped,
          first: region.range?.first, last: region.range?.last, size: region.dynamic?.size))
    }
  }

  private mutating func readIOMMUs() {
    for property in view.enabledProperties(named: "#iommu-cells") {
      let node = property.node
      iommus[node.index] = facts.iommus.count
      let isPKVM = node.isCompatible("pkvm,pviommu")
      let kind: PlatformFacts.IOMMU.Kind
      switch IOMMUKind(node) {
      case .smmuV3: kind = .smmuV3
      case .virtioPCI: kind = .virtio
      case .xenGrants: kind = .other
      case nil: kind = isPKVM ? .pkvm : node.isCompatible("virtio,mmio") ? .virtio : .other
      }
      facts.iommus.append(
        .init(
          machine: machine, node: node.path, kind: kind,
          id: isPKVM ? node.property("id")?.cell(0) : nil))
    }
  }

  /// Everything that has registers or does DMA, in document order; functions without a node behind their
  /// host.
  private mutating func readDevices(
    _ backends: [PlatformFacts.Backend], among machines: [PlatformFacts.Machine]
  ) {
    func server(_ device: DMADevice) -> Int? {
      let path = device.node.path
      let own = backends.first {
        $0.node == path && $0.requesterID == (device.hasNode ? nil : device.requesterID)
      }
      return own.flatMap { own in machines.firstIndex { $0.name == own.server } }
    }
    let known = Dictionary(
      view.dmaDevices.map { ($0.node.index, $0) }, uniquingKeysWith: { first, _ in first })
    let hidden = Dictionary(grouping: view.hiddenFunctions, by: \.node.index)
    var nodes = Set(view.addressMap.claims(.deviceWindow).compactMap { $0.node?.index })
    nodes.formUnion(known.keys)
    for index in nodes.sorted() {
      devices[index] = facts.devices.count
      if let device = known[index] {
        facts.devices.append(row(device, backend: server(device)))
      } else {
        facts.devices.append(row(view.tree.nodes[index]))
      }
      for function in (hidden[index] ?? []).sorted(by: {
        ($0.requesterID ?? 0) < ($1.requesterID ?? 0)
      }) {
        facts.devices.append(row(function, backend: server(function)))
      }
    }
  }

  private func row(_ device: DMADevice, backend: Int?) -> PlatformFacts.Device {
    let kind: PlatformFacts.Device.Kind =
      switch device.kind {
      case .virtioMMIO: .virtioMMIO
      case .pciHost: device.hasNode ? .pciHost : .pciFunction
      case .pciFunction: .pciFunction
      }
    var row = PlatformFacts.Device(
      machine: machine, node: device.node.path, kind: kind, function: device.requesterID,
      deviceID: device.features?.type, features: device.features?.featureBits.sorted() ?? [],
      outcome: .absent, coherent: device.isCoherent, backend: backend)
    switch device.outcome {
    case .restrictedPool(let region):
      row.outcome = .restrictedPool
      row.region = regions[region.node.index]
    case .iommu(let node):
      row.outcome = .iommu
      row.iommu = iommus[node.index]
    case .allMemory: row.outcome = .allMemory
    case .absent: row.outcome = .absent
    }
    return row
  }

  /// A device that isn't VirtIO's or PCI's: what Linux's core does for a driver of it.
  ///
  /// **Source:** Linux `drivers/of/device.c`, `of_dma_configure_id`: an IOMMU first, then the pool.
  private func row(_ node: FlattenedTree.Node) -> PlatformFacts.Device {
    var row = PlatformFacts.Device(
      machine: machine, node: node.path, kind: .other, features: [], outcome: .notStated)
    if let stream = specifiers(of: node).first(where: { iommus[$0.iommu.index] != nil }) {
      row.outcome = .iommu
      row.iommu = iommus[stream.iommu.index]
    } else if let list = node.property("memory-region"),
      let pool = view.references(in: list).compactMap(\.self).first(where: {
        $0.isCompatible("restricted-dma-pool") && view.isAvailable($0)
      }), let region = regions[pool.index]
    {
      row.outcome = .restrictedPool
      row.region = region
    }
    return row
  }

  private mutating func readWindows() {
    for claim in view.addressMap.claims(.deviceWindow, .pciWindow) {
      guard let node = claim.node, let device = devices[node.index] else { continue }
      facts.windows.append(
        .init(
          device: device, kind: claim.kind == .pciWindow ? .pci : .registers,
          first: claim.range.first, last: claim.range.last))
    }
  }

  private mutating func readInterrupts() {
    var rows: [PlatformFacts.Interrupt] = []
    view.visitEnabledInterrupts { property, _, cells, controller in
      let node = property.node
      let gic =
        view.isGIC(nodeAt: controller)
        ? GICInterrupt(property, at: cells.lowerBound, count: cells.count) : nil
      guard let first = property.cell(cells.lowerBound) else { return }
      let second = cells.count > 1 ? property.cell(cells.lowerBound + 1) : nil
      rows.append(
        .init(
          machine: machine, device: devices[node.index], node: node.path,
          controller: view.tree.nodes[controller].path,
          number: gic?.interruptID ?? UInt64(first), trigger: gic?.trigger ?? second ?? 0))
    }
    facts.interrupts += rows
  }

  private mutating func readStreams() {
    for (index, device) in devices.sorted(by: { $0.key < $1.key }) {
      for stream in specifiers(of: view.tree.nodes[index]) {
        guard let iommu = iommus[stream.iommu.index] else { continue }
        facts.streams.append(.init(iommu: iommu, device: device, id: stream.id, count: 1))
      }
    }
    for host in view.pciHosts where host.isEnabled {
      guard let device = devices[host.node.index], let map = host.iommuMap, map.isWhole else {
        continue
      }
      for row in map.rows {
        guard let target = row.target, let iommu = iommus[target.index] else { continue }
        facts.streams.append(
          .init(
            iommu: iommu, device: device, id: row.output, count: row.length, function: row.first))
      }
    }
  }

  /// The IOMMUs that `iommus` of a node names, each with the first cell behind it.
  private func specifiers(
    of node: FlattenedTree.Node
  ) -> [(iommu: FlattenedTree.Node, id: UInt32)] {
    guard let property = node.property("iommus") else { return [] }
    var result: [(iommu: FlattenedTree.Node, id: UInt32)] = []
    var cell = 0
    while let phandle = property.cell(cell), let iommu = view.phandles.node(for: phandle),
      let count = iommu.property("#iommu-cells")?.cell(0), count <= 16
    {
      guard cell + Int(count) < property.cellCount || count == 0 else { break }
      result.append((iommu, count > 0 ? property.cell(cell + 1) ?? 0 : 0))
      cell += 1 + Int(count)
    }
    return result
  }
}
