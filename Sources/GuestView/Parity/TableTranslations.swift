import ACPI

/// What IORT and VIOT make of the requests of devices.
///
/// **Source:** Linux `drivers/acpi/scan.c`, `acpi_iommu_configure_id`, which asks IORT first;
/// `drivers/acpi/arm64/iort.c`, `iort_node_map_id`; `drivers/acpi/viot.c`, `viot_pci_dev_iommu_init`.
struct TableTranslations {
  private let nodes: [IORTNode]
  private let viot: [VIOT.Node]
  private var complexes: [UInt64: IORTNode] = [:]
  private var components: [String: IORTNode] = [:]
  private var endpoints: [UInt64: (id: UInt32, output: Int)] = [:]

  init(_ view: TablesView) {
    nodes = view.iort?.content?.nodes ?? []
    viot = view.viot?.content?.nodes ?? []
    for node in nodes {
      switch node.kind {
      case .rootComplex(let complex):
        if complexes[UInt64(complex.segment)] == nil { complexes[UInt64(complex.segment)] = node }
      case .namedComponent(let component):
        if components[component.path] == nil { components[component.path] = node }
      default: continue
      }
    }
    for case .mmioEndpoint(let id, let base, let output) in viot where endpoints[base] == nil {
      endpoints[base] = (id, output)
    }
  }

  /// The IOMMU of a function of PCI; nil where there is none in front of it.
  func translation(ofRequester id: UInt32, segment: UInt64) -> RequesterTranslation? {
    if let complex = complexes[segment] {
      for mapping in complex.mappings {
        guard id >= mapping.inputBase, id - mapping.inputBase < mapping.count else { continue }
        guard let iommu = smmu(mapping.output) else { break }
        return RequesterTranslation(
          iommu: iommu, id: mapping.outputBase &+ (id - mapping.inputBase))
      }
    }
    guard let segment = UInt16(exactly: segment), let bdf = UInt16(exactly: id) else { return nil }
    for case .pciRange(let first, let segments, let bdfs, let output) in viot
    where segments.contains(segment) && bdfs.contains(bdf) {
      guard let iommu = virtioIOMMU(output) else { continue }
      // It never translates for itself.
      if iommu == .virtioPCI(bdf) { return nil }
      let offset = UInt32(segment - segments.lowerBound) << 16 + UInt32(bdf - bdfs.lowerBound)
      return RequesterTranslation(iommu: iommu, id: first &+ offset)
    }
    return nil
  }

  /// The IOMMU of a device beside PCI; nil where there is none in front of it.
  func translation(of device: TableDevice) -> RequesterTranslation? {
    if !components.isEmpty, let node = components[device.fullPath] {
      for mapping in node.mappings {
        if let iommu = smmu(mapping.output) {
          return RequesterTranslation(iommu: iommu, id: mapping.outputBase)
        }
      }
    }
    guard let base = device.memory.first?.range?.first, let endpoint = endpoints[base],
      let iommu = virtioIOMMU(endpoint.output)
    else { return nil }
    return RequesterTranslation(iommu: iommu, id: endpoint.id)
  }

  /// The IDs at which something else may begin, for the buses of `segment`.
  func edges(ofSegment segment: UInt64) -> [UInt32] {
    var edges: [UInt32] = []
    for mapping in complexes[segment]?.mappings ?? [] {
      edges += [mapping.inputBase, mapping.inputBase &+ mapping.count]
    }
    for case .pciRange(_, let segments, let bdfs, _) in viot
    where UInt16(exactly: segment).map(segments.contains) ?? false {
      edges += [UInt32(bdfs.lowerBound), UInt32(bdfs.upperBound) + 1]
    }
    return edges
  }

  private func smmu(_ output: Int) -> RequesterTranslation.IOMMU? {
    guard nodes.indices.contains(output), case .smmuV3(let smmu) = nodes[output].kind else {
      return nil
    }
    return .smmu(smmu.base)
  }

  private func virtioIOMMU(_ output: Int) -> RequesterTranslation.IOMMU? {
    guard viot.indices.contains(output) else { return nil }
    switch viot[output] {
    case .pciIOMMU(_, let bdf): return .virtioPCI(bdf)
    case .mmioIOMMU(let base): return .virtioMMIO(base)
    case .pciRange, .mmioEndpoint: return nil
    }
  }
}
