import PlatformDescription

/// Which IOMMU stands in front of which requester ID of a host, on its way to `iommu-map`.
struct RequesterMapDraft {
  /// In front of everything that isn't said otherwise.
  var common: Target?
  /// What is said of single functions; nil for none.
  private var single: [(requesterID: UInt16, iommu: Target?)] = []

  init(common: Target?) { self.common = common }

  mutating func set(_ iommu: Target?, for requesterID: UInt16) {
    if iommu != common { single.append((requesterID, iommu)) }
  }

  /// The entries: all 65,536 requester IDs, whatever buses there are, as VMMs write them.
  ///
  /// The ID on the other side is the requester ID, with the number of the host above it. IOMMUs that
  /// are not `known` are left out: somebody else says so.
  ///
  /// **Source:** kernel binding `pci/pci-iommu.txt`; VIRTIO-IOMMU's VIOT numbers endpoints so.
  func cells(domain: Int, known: Set<Target>) -> [DraftCell] {
    var rows: [(first: UInt32, iommu: Target, count: UInt32)] = []
    func append(_ iommu: Target?, _ first: UInt32, _ count: UInt32) {
      guard let iommu, known.contains(iommu), count > 0 else { return }
      if let last = rows.last, last.iommu == iommu, last.first + last.count == first {
        rows[rows.count - 1].count += count
      } else {
        rows.append((first, iommu, count))
      }
    }
    var next: UInt32 = 0
    for entry in single.sorted(by: { $0.requesterID < $1.requesterID }) {
      let requesterID = UInt32(entry.requesterID)
      guard requesterID >= next else { continue }
      append(common, next, requesterID - next)
      append(entry.iommu, requesterID, 1)
      next = requesterID + 1
    }
    append(common, next, 0x10000 - next)
    return rows.flatMap { row -> [DraftCell] in
      [
        .number(row.first), .phandle(row.iommu), .number(UInt32(domain) << 16 | row.first),
        .number(row.count),
      ]
    }
  }
}
