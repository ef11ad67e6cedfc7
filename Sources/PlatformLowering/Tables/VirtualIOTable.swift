import ACPI
import PlatformDescription

/// What VIOT says of a machine: which devices are behind which virtio-iommu.
///
/// **Source:** ACPI 6.5, section 5.2.34; Linux `drivers/acpi/viot.c`.
enum VirtualIOTable {
  /// The table; nil where nothing is behind a virtio-iommu.
  static func table(_ draft: TranslationDraft) -> VIOT? {
    var numbers: [Target: Int] = [:]
    var nodes: [VIOT.Node] = []
    // The IOMMUs first: the offset of one has 16 bits, and that of an endpoint is written nowhere.
    for (target, place) in draft.virtioIOMMUs {
      guard let node = node(of: place) else { continue }
      numbers[target] = nodes.count
      nodes.append(node)
    }
    let iommus = nodes.count
    for range in draft.ranges {
      guard let number = numbers[range.iommu], range.first <= range.last else { continue }
      nodes.append(
        .pciRange(
          firstEndpoint: range.id, segments: range.segment...range.segment,
          bdfs: range.first...range.last, output: number))
    }
    for endpoint in draft.endpoints {
      guard let number = numbers[endpoint.iommu] else { continue }
      nodes.append(.mmioEndpoint(id: endpoint.id, base: endpoint.window.value, output: number))
    }
    return nodes.count > iommus ? VIOT(nodes) : nil
  }

  /// The first endpoint that the table has no room for; nil where it has for all.
  static func endpointWithoutRoom(_ draft: TranslationDraft) -> TranslationDraft.Endpoint? {
    let iommus = draft.virtioIOMMUs
    let known = Set(iommus.map(\.target))
    let others = iommus.count + draft.ranges.count { known.contains($0.iommu) }
    return draft.endpoints.lazy.filter { known.contains($0.iommu) }
      .dropFirst(max(0, VIOT.mostNodes - others)).first
  }

  private static func node(of place: TranslationDraft.Place) -> VIOT.Node? {
    switch place {
    case .window(let address): .mmioIOMMU(base: address.value)
    case .function(let address):
      .pciIOMMU(segment: UInt16(clamping: address.segment), bdf: address.requesterID)
    case .smmu: nil
    }
  }
}
