import ACPI
import PlatformDescription

/// VIOT: which devices are behind which virtio-iommu.
///
/// **Source:** ACPI 6.5, section 5.2.30; Linux `drivers/acpi/viot.c`.
enum VirtualIOTable {
  /// Where the first node is: behind the header, the counts and 8 reserved bytes.
  private static let firstNode = 48

  /// The table; nil where nothing is behind a virtio-iommu.
  static func table(_ draft: TranslationDraft, oemTableID: String) -> LoweredTable? {
    var nodes = StructureBytes()
    var count: UInt16 = 0
    var offsets: [Target: UInt16] = [:]
    for (target, place) in draft.virtioIOMMUs {
      offsets[target] = UInt16(clamping: firstNode + nodes.count)
      nodes.append(node(of: place))
      count += 1
    }
    let iommus = count
    for range in draft.ranges {
      guard let offset = offsets[range.iommu] else { continue }
      nodes.append(UInt8(1), 0)
      nodes.append(UInt16(24))
      nodes.append(range.id)
      nodes.append(range.segment, range.segment, range.first, range.last, offset)
      nodes.appendZeros(6)
      count += 1
    }
    for endpoint in draft.endpoints {
      guard let offset = offsets[endpoint.iommu] else { continue }
      nodes.append(UInt8(2), 0)
      nodes.append(UInt16(24))
      nodes.append(endpoint.id)
      nodes.append(endpoint.window.value)
      nodes.append(offset)
      nodes.appendZeros(6)
      count += 1
    }
    if count == iommus { return nil }
    var body = StructureBytes()
    body.append(count, UInt16(firstNode))
    body.appendZeros(8)
    body.append(nodes)
    return LoweredTable(
      content: .structure(
        TableHeader("VIOT", revision: 0, oemTableID: oemTableID), body: body.bytes))
  }

  /// The node of an IOMMU.
  private static func node(of place: TranslationDraft.Place) -> StructureBytes {
    var node = StructureBytes()
    switch place {
    case .window(let address):
      node.append(UInt8(4), 0)
      node.append(UInt16(16))
      node.appendZeros(4)
      node.append(address.value)
    case .function(let address):
      node.append(UInt8(3), 0)
      node.append(UInt16(16), UInt16(clamping: address.segment), address.requesterID)
      node.appendZeros(8)
    case .smmu: break
    }
    return node
  }
}
