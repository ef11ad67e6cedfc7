import DeviceTree
import Diagnostics
import GuestView

/// A PCI host needs `iommu-map`, where other devices need `iommus`.
enum HostWithoutMap: Rule {
  static let id = "iommu/host-without-map"
  static let severity = Severity.error
  static let summary = "a PCI host has iommus, and no iommu-map"
  static let rationale = """
    Each function of PCI is known to an IOMMU by its requester ID, and iommu-map alone says what \
    becomes of that. iommus on the host is for the host itself, which does no DMA. It looks as if the \
    functions were behind the IOMMU.
    """
  static let consequence =
    "the functions have no IOMMU, and DMA anywhere in memory unless they have a pool"
  static let help = "write iommu-map = <first requester ID, &iommu, first stream ID, count>"
  static let exceptions = "A warning where the host has a restricted pool instead."
  static let sources = [
    Source.linux("drivers/iommu/of_iommu.c", "of_iommu_configure", "of_pci_iommu_init"),
    .linux("drivers/of/base.c", "of_map_id"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &pci {
        iommus = <&smmu 0>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .iommu,
      """
      &pci {
        /delete-property/ iommu-map;
        iommus = <&smmu 0>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.dmaDevices where host.kind == .pciHost && !host.node.has("iommu-map") {
      guard let iommus = host.node.property("iommus") else { continue }
      report(
        "iommus says nothing of the functions behind this host", at: .property(iommus),
        expected: "iommu-map", severity: host.outcome.isConfined ? .warning : nil)
    }
  }
}
