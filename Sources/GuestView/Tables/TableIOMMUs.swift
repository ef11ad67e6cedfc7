import ACPI

/// What IORT and VIOT say of who is behind which IOMMU, looked up by device.
struct TableIOMMUs: Sendable {
  private var components: [String: IORTNode] = [:]
  private var complexes: [UInt64: IORTNode] = [:]
  private var endpoints: Set<UInt64> = []
  private var ranges: [(segments: ClosedRange<UInt16>, bdfs: ClosedRange<UInt16>)] = []
  private let nodes: [IORTNode]
  /// The table of a PC's IOMMU, where there is one.
  private let machine: String?

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
    machine = ["DMAR", "IVRS"].first { !set.tables(named: $0).isEmpty }
  }

  /// The node that IORT has for a device.
  func component(of device: TableDevice) -> IORTNode? {
    components.isEmpty ? nil : components[device.fullPath]
  }

  /// The node that IORT has for the host of a segment.
  func rootComplex(ofSegment segment: UInt64) -> IORTNode? { complexes[segment] }

  /// What a table calls the IOMMU in front of `device`; IORT is asked first.
  ///
  /// **Source:** Linux `drivers/acpi/scan.c`, `acpi_iommu_configure_id`.
  func iommu(of device: TableDevice, host: TablePCIHost?) -> String? {
    let node = component(of: device) ?? host?.segment.flatMap(rootComplex(ofSegment:))
    for mapping in node?.mappings ?? [] where nodes.indices.contains(mapping.output) {
      switch nodes[mapping.output].kind {
      case .smmuV3(let smmu): return "the SMMU at \(ByteText.hex(smmu.base))"
      case .other(type: 3, _, _): return "an SMMU of IORT"
      default: continue
      }
    }
    if let host {
      if isBehindIOMMU(host) { return "a virtio-iommu" }
      return machine.map { "the IOMMU of \($0)" }
    }
    // Linux compares with the first memory resource alone: drivers/acpi/viot.c, viot_mmio_dev_iommu_init.
    guard let base = device.memory.first?.range?.first else { return nil }
    return endpoints.contains(base) ? "a virtio-iommu" : nil
  }

  private func isBehindIOMMU(_ host: TablePCIHost) -> Bool {
    guard let segment = host.segment.flatMap({ UInt16(exactly: $0) }),
      let bus = (host.buses?.range?.first ?? host.baseBus).flatMap({ UInt8(exactly: $0) })
    else { return false }
    let bdfs = UInt16(bus) << 8...(UInt16(bus) << 8 | 0xff)
    return ranges.contains { $0.segments.contains(segment) && $0.bdfs.overlaps(bdfs) }
  }
}
