import DeviceTree
import Diagnostics
import GuestView

/// `iommu-map` and `msi-map` consist of entries of four cells.
enum MapMalformed: Rule {
  static let id = "iommu/map-malformed"
  static let severity = Severity.error
  static let summary = "iommu-map or msi-map is not made of entries of four cells"
  static let rationale = """
    An entry is a first requester ID, a phandle, a first ID on the other side, and a number of IDs. \
    With another length the guest ignores the whole property: no function has an IOMMU then, and if \
    the host has a pool, it suddenly counts.
    """
  static let consequence = "functions DMA past the IOMMU, or have no message-signalled interrupts"
  static let logLine: String? = "OF: <node>: Error: Bad iommu-map length"
  static let help = "write four cells for each entry: first ID, phandle, first output ID, length"
  static let sources = [
    Source.linux("drivers/of/base.c", "of_map_id"), .binding("pci/pci-iommu.txt"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0 0x8>, <0x8 &smmu 0x8 0xfff8>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        msi-map = <0x0 &its 0x0 0x10000 0x0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (_, _, map) in RequesterMaps.all(in: view) where !map.isWhole {
      report(
        "\(map.property.name) is not made of entries of four cells", at: .property(map.property),
        found: ByteText.size(map.property.count), expected: "a multiple of 16 bytes")
    }
  }
}
