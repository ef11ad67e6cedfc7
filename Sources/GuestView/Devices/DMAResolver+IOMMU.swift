import DeviceTree

extension DMAResolver {
  /// The IOMMU of a device or of a host, where one is of use.
  ///
  /// **Source:** Linux `drivers/iommu/of_iommu.c`, `of_iommu_configure_dev`, which gives up all
  /// entries of `iommus` for one that is of no use, and `of_iommu_configure_dev_id`. Functions of PCI
  /// have what `iommu-map` says and nothing else: `of_pci_iommu_init`.
  func iommu(
    of node: FlattenedTree.Node, _ kind: DMADevice.Kind
  ) -> DMADevice.IOMMUReference? {
    if kind == .virtioMMIO, let property = node.property("iommus") {
      guard lost(property, firstTarget(of: property)) == nil else { return nil }
      return firstTarget(of: property).map { .init(property: property, node: $0) }
    }
    guard kind == .pciHost, let map = node.property("iommu-map") else { return nil }
    for target in targets(of: map) {
      guard let target, lost(map, target) == nil else { continue }
      return DMADevice.IOMMUReference(property: map, node: target)
    }
    return nil
  }

  /// The first IOMMU that a device or a host names and that is of no use.
  func lostIOMMU(
    of node: FlattenedTree.Node, _ kind: DMADevice.Kind
  ) -> DMADevice.LostIOMMU? {
    if kind == .virtioMMIO, let property = node.property("iommus") {
      return lost(property, firstTarget(of: property))
    }
    guard kind == .pciHost, let map = node.property("iommu-map") else { return nil }
    guard map.count > 0, map.count % 16 == 0 else { return lost(map, nil) }
    for target in targets(of: map) {
      if let lost = lost(map, target) { return lost }
    }
    return nil
  }

  /// What becomes of a reference to `target`; nil where it is of use.
  func lost(
    _ property: FlattenedTree.Property, _ target: FlattenedTree.Node?
  ) -> DMADevice.LostIOMMU? {
    guard let target, let count = target.property("#iommu-cells")?.cell(0),
      !property.isNamed("iommus") || Int(count) < property.cellCount
    else {
      return DMADevice.LostIOMMU(property: property, node: target, state: nil)
    }
    let state = IOMMUDrivers.state(of: target, topology)
    return state == .usable
      ? nil : DMADevice.LostIOMMU(property: property, node: target, state: state)
  }

  static func reason(_ lost: DMADevice.LostIOMMU) -> OpenReason {
    switch lost.state {
    case .disabled: .iommuDisabled
    case .withoutDriver: .iommuWithoutDriver
    case .refused: .iommuRefused
    case .usable, nil: .danglingIOMMU
    }
  }

  private func firstTarget(of property: FlattenedTree.Property) -> FlattenedTree.Node? {
    property.cell(0).flatMap(topology.phandles.node(for:))
  }

  /// What the entries of (first requester ID, IOMMU, first stream, count) lead to, each once.
  private func targets(of map: FlattenedTree.Property) -> [FlattenedTree.Node?] {
    guard map.count % 16 == 0 else { return [] }
    var targets: [FlattenedTree.Node?] = []
    var seen: Set<UInt32> = []
    for entry in 0..<(map.cellCount / 4) {
      guard let phandle = map.cell(4 * entry + 1), let length = map.cell(4 * entry + 3),
        length > 0, seen.insert(phandle).inserted
      else { continue }
      targets.append(topology.phandles.node(for: phandle))
    }
    return targets
  }
}
