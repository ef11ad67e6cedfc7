import ACPI

/// An IOMMU that tables tell of.
public struct TableIOMMU: Sendable, Hashable {
  /// What a table calls it: `the SMMU at 0x9050000`.
  public let name: String
  /// The option that builds its driver; nil for one that isn't known here.
  ///
  /// **Source:** Linux `drivers/acpi/arm64/iort.c`, `iort_iommu_driver_enabled`; `drivers/acpi/viot.c`,
  /// `viot_dev_iommu_init`.
  public let driver: GuestOption?
}

/// What IORT and VIOT say of who is behind which IOMMU, looked up by device.
struct TableIOMMUs: Sendable {
  private var components: [String: IORTNode] = [:]
  private var complexes: [UInt64: IORTNode] = [:]
  private var endpoints: Set<UInt64> = []
  private var ranges: [(segments: ClosedRange<UInt16>, bdfs: ClosedRange<UInt16>)] = []
  private let nodes: [IORTNode]
  /// The IOMMU of a PC, where there is one.
  private let machine: TableIOMMU?

  init(_ set: TableSet, iort: IORT?, viot: VIOT?) {
    nodes = iort?.nodes ?? []
    for node in nodes {
      switch node.kind {
      case .namedComponent(let component):
        if components[component.path] == nil { components[component.path] = node }
      case .rootComplex(let complex):
        if complexes[UInt64(complex.segment)] == nil { complexes[UInt64(complex.segment)] = node }
      default: continue
      }
    }
    for node in viot?.nodes ?? [] {
      switch node {
      case .pciRange(_, let segments, let bdfs, _): ranges.append((segments, bdfs))
      case .mmioEndpoint(_, let base, _): endpoints.insert(base)
      case .pciIOMMU, .mmioIOMMU: continue
      }
    }
    machine = [("DMAR", GuestOption.intelIOMMU), ("IVRS", .amdIOMMU)].first {
      !set.tables(named: $0.0).isEmpty
    }.map { TableIOMMU(name: "the IOMMU of \($0.0)", driver: $0.1) }
  }

  /// The node that IORT has for a device.
  func component(of device: TableDevice) -> IORTNode? {
    components.isEmpty ? nil : components[device.fullPath]
  }

  /// The node that IORT has for the host of a segment.
  func rootComplex(ofSegment segment: UInt64) -> IORTNode? { complexes[segment] }

  /// The IOMMU in front of `device`; IORT is asked first.
  ///
  /// **Source:** Linux `drivers/acpi/scan.c`, `acpi_iommu_configure_id`.
  func iommu(of device: TableDevice, host: TablePCIHost?) -> TableIOMMU? {
    let node = component(of: device) ?? host?.segment.flatMap(rootComplex(ofSegment:))
    for mapping in node?.mappings ?? [] {
      if let iommu = smmu(of: mapping) { return iommu }
    }
    if let host {
      return isBehindIOMMU(host) ? Self.virtio : machine
    }
    // Linux compares with the first memory resource alone: drivers/acpi/viot.c, viot_mmio_dev_iommu_init.
    guard let base = device.memory.first?.range?.first else { return nil }
    return endpoints.contains(base) ? Self.virtio : nil
  }

  /// The IOMMU in front of the function `requesterID` of `host`.
  ///
  /// **Source:** Linux `drivers/acpi/arm64/iort.c`, `iort_iommu_configure_id`; `drivers/acpi/viot.c`,
  /// `viot_pci_dev_iommu_init`.
  func iommu(ofFunction requesterID: UInt16, of host: TablePCIHost) -> TableIOMMU? {
    guard let segment = host.segment else { return nil }
    for mapping in rootComplex(ofSegment: segment)?.mappings ?? [] {
      let id = UInt64(requesterID)
      let first = UInt64(mapping.inputBase)
      let isInput = mapping.isSingle || first <= id && id - first < UInt64(mapping.count)
      if isInput, let iommu = smmu(of: mapping) { return iommu }
    }
    let isInRange = ranges.contains {
      $0.segments.contains { UInt64($0) == segment } && $0.bdfs.contains(requesterID)
    }
    return isInRange ? Self.virtio : machine
  }

  private func smmu(of mapping: IORTMapping) -> TableIOMMU? {
    guard nodes.indices.contains(mapping.output) else { return nil }
    return switch nodes[mapping.output].kind {
    case .smmuV3(let smmu):
      TableIOMMU(name: "the SMMU at \(ByteText.hex(smmu.base))", driver: .armSMMUv3)
    case .other(type: 3, _, _): TableIOMMU(name: "an SMMU of IORT", driver: .armSMMU)
    default: nil
    }
  }

  private static let virtio = TableIOMMU(name: "a virtio-iommu", driver: .virtioIOMMU)

  private func isBehindIOMMU(_ host: TablePCIHost) -> Bool {
    guard let segment = host.segment.flatMap({ UInt16(exactly: $0) }),
      let bus = (host.buses?.range?.first ?? host.baseBus).flatMap({ UInt8(exactly: $0) })
    else { return false }
    let bdfs = UInt16(bus) << 8...(UInt16(bus) << 8 | 0xff)
    return ranges.contains { $0.segments.contains(segment) && $0.bdfs.overlaps(bdfs) }
  }
}
