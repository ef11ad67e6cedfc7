import DeviceTree

/// What a tree makes of the requests of devices.
///
/// **Source:** Linux `drivers/iommu/of_iommu.c`, `of_iommu_configure_dev_id`, `of_pci_iommu_init`.
struct TreeTranslations {
  private let view: GuestView

  init(_ view: GuestView) { self.view = view }

  /// The IOMMU of a function of `host`; nil where there is none in front of it.
  func translation(ofRequester id: UInt32, of host: PCIHost) -> RequesterTranslation? {
    guard let id = UInt16(exactly: id), let map = host.iommuMap, let row = map.row(for: id),
      let node = row.target, let iommu = iommu(node)
    else { return nil }
    // It never translates for itself.
    if iommu == .virtioPCI(id) { return nil }
    return RequesterTranslation(
      iommu: iommu, id: row.output &+ ((UInt32(id) & map.mask) &- row.first))
  }

  /// The IOMMU of a device beside PCI; nil where there is none in front of it.
  func translation(of device: DMADevice) -> RequesterTranslation? {
    guard let reference = device.iommu, let iommu = iommu(reference.node) else { return nil }
    return RequesterTranslation(iommu: iommu, id: reference.property.cell(1) ?? 0)
  }

  /// The IDs at which something else may begin.
  func edges(of host: PCIHost) -> [UInt32] {
    (host.iommuMap?.rows ?? []).flatMap { [$0.first, $0.first &+ $0.length] }
      + host.functions.map { UInt32($0.requesterID) }
      + host.functions.map { UInt32($0.requesterID) + 1 }
  }

  private func iommu(_ node: FlattenedTree.Node) -> RequesterTranslation.IOMMU? {
    switch IOMMUKind(node) {
    case .smmuV3: return view.registers(of: node).first?.range.map { .smmu($0.first) }
    case .virtioPCI:
      for host in view.pciHosts {
        if let function = host.functions.first(where: { $0.node == node }) {
          return .virtioPCI(function.requesterID)
        }
      }
      return nil
    case .xenGrants: return nil
    case nil:
      guard node.isCompatible("virtio,mmio") else { return nil }
      return view.registers(of: node).first?.range.map { .virtioMMIO($0.first) }
    }
  }
}
