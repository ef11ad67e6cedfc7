import DeviceTree
import Diagnostics
import GuestView

/// A requester ID should fall into one entry.
enum MapOverlap: Rule {
  static let id = "iommu/map-overlap"
  static let severity = Severity.warning
  static let summary = "two entries of iommu-map or msi-map share requester IDs"
  static let rationale = """
    The guest takes the first entry that holds the ID. What a later one says of the same ID never \
    counts, so the device may be another stream of the IOMMU than its description means.
    """
  static let consequence = "the first of the two entries counts for the IDs that they share"
  static let help = "end the first entry where the second one starts"
  static let sources = [
    Source.linux("drivers/of/base.c", "of_map_id"), .binding("pci/pci-iommu.txt"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0 0x8>, <0x8 &smmu 0x108 0xfff8>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0 0x10000>, <0x8 &smmu 0x108 0x1>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (_, _, map) in RequesterMaps.all(in: view) where map.isWhole {
      let entries = map.rows.compactMap { row in row.range.map { (range: $0, row: row) } }
        .sorted { ($0.range, $0.row.index) < ($1.range, $1.row.index) }
      for (first, second) in Overlaps.pairs(among: entries, by: \.range) {
        let (used, hidden) =
          first.row.index < second.row.index ? (first.row, second.row) : (second.row, first.row)
        report(
          "the entry shares requester IDs with entry \(used.index)",
          at: RequesterMaps.spot(hidden, of: map), found: hidden.idText,
          expected: "none of \(used.idText)",
          related: [
            Party("counts for what they share", at: RequesterMaps.spot(used, of: map))
          ])
      }
    }
  }
}
