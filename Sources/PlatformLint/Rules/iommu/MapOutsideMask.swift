import DeviceTree
import Diagnostics
import GuestView

/// The first ID of an entry must not have bits that the mask hides.
enum MapOutsideMask: Rule {
  static let id = "iommu/map-outside-mask"
  static let severity = Severity.error
  static let summary = "an entry of iommu-map or msi-map starts outside the mask"
  static let rationale = """
    The requester ID is masked before it is looked up, so no ID could ever fall into the entry. The \
    guest takes it for an error and gives up the look-up, for every function that is not found in an \
    entry before it.
    """
  static let consequence = "functions DMA past the IOMMU, or have no message-signalled interrupts"
  static let logLine: String? =
    "OF: <node>: Invalid iommu-map translation - iommu-map-mask (…) ignores id-base"
  static let help = "widen iommu-map-mask or msi-map-mask, or correct the first ID"
  static let sources = [
    Source.linux("drivers/of/base.c", "of_map_id"), .binding("pci/pci-iommu.txt"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map-mask = <0xff00>;
        iommu-map = <0x0 &smmu 0x0 0x10000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map-mask = <0xff00>;
        iommu-map = <0x8 &smmu 0x0 0x10000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (host, _, map) in RequesterMaps.all(in: view) where map.isWhole {
      for row in map.rows where map.isOutsideMask(row) {
        report(
          "the entry starts outside the mask", at: RequesterMaps.spot(row, of: map),
          found: ByteText.hex(row.first),
          expected: "no bits but those of \(ByteText.hex(map.mask))",
          related: host.node.property(map.property.name + "-mask").map {
            [Party("is the mask", at: .property($0))]
          } ?? [])
      }
    }
  }
}
