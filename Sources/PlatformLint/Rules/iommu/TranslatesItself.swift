import DeviceTree
import Diagnostics
import GuestView

/// An IOMMU must not stand behind itself.
enum TranslatesItself: Rule {
  static let id = "iommu/translates-itself"
  static let severity = Severity.error
  static let summary = "an IOMMU is described as being behind itself"
  static let rationale = """
    An IOMMU reads its queues from memory directly. If the tree puts it behind an IOMMU, its driver \
    waits for that one, which is itself, or no virtio device accepts what it sets up.
    """
  static let consequence =
    "the devices come up without the IOMMU, which stops their I/O when it comes up after them"
  static let logLine: String? = "<device>: deferred probe timeout, ignoring dependency"
  static let help = """
    leave the requester ID of the IOMMU out of iommu-map, and give its node no iommus
    """
  static let sources = [
    Source.binding("virtio/pci-iommu.yaml"),
    .linux("drivers/iommu/of_iommu.c", "of_iommu_configure"),
  ]
  static let good = [Example(in: .pci, example("<0x0 &viommu 0x0 0x8>, <0x9 &viommu 0x9 0xfff7>"))]
  static let bad = [
    Example(in: .pci, example("<0x0 &viommu 0x0 0x10000>", marker: "  // finding")),
    Example(
      in: .iommu,
      """
      &smmu {
        iommus = <&smmu 0>;  // finding
      };
      """),
  ]

  private static func example(_ map: String, marker: String = "") -> String {
    """
    &pci {
      iommu-map = \(map);\(marker)
      /delete-property/ memory-region;
      viommu: iommu@1,0 {
        compatible = "virtio,pci-iommu", "pci1af4,1057";
        reg = <0x800 0x0 0x0 0x0 0x0>;
        #iommu-cells = <1>;
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      guard let map = host.iommuMap else { continue }
      for function in host.functions {
        guard view.isEnabled(function.node), let row = map.row(for: function.requesterID),
          row.target == function.node
        else { continue }
        report(
          "the entry holds the requester ID of the IOMMU that it names",
          at: RequesterMaps.spot(row, of: map), found: row.idText,
          expected: "not \(ByteText.hex(function.requesterID)), \(function.node.name) itself",
          related: [Party("is the IOMMU", at: .node(function.node))])
      }
    }
    for cells in view.enabledProperties(named: "#iommu-cells") {
      let node = cells.node
      guard let property = node.property("iommus"),
        let target = property.cell(0).flatMap(view.phandles.node(for:)),
        target == node || IOMMUKind(node) == .virtioPCI || node.isCompatible("virtio,mmio")
      else { continue }
      report(
        "the IOMMU is behind \(target == node ? "itself" : target.name)", at: .property(property),
        expected: "no iommus")
    }
  }
}
