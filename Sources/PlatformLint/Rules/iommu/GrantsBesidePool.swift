import DeviceTree
import Diagnostics
import GuestView

/// Xen's grants and a restricted pool exclude each other.
enum GrantsBesidePool: Rule {
  static let id = "iommu/grants-beside-pool"
  static let severity = Severity.warning
  static let summary = "a device has both Xen's grants and a restricted pool"
  static let rationale = """
    Behind a node for grants the device gets DMA operations of its own, whose addresses are grant \
    references with bit 63 set. The pool belongs to the operations that they replace.
    """
  static let consequence = "the device uses grants, and the pool is not used, without a word"
  static let help = "keep memory-region or the reference to the grants"
  static let sources = [
    Source.linux("drivers/xen/grant-dma-ops.c", "xen_grant_setup_dma_ops"),
    .binding("iommu/xen,grant-dma.yaml"),
  ]
  static let good = [Example(in: .virt, example("/delete-property/ memory-region;"))]
  static let bad = [
    Example(in: .virt, example("memory-region = <&bounce>;  // finding"))
  ]

  private static func example(_ region: String) -> String {
    """
    / {
      grants: iommu {
        compatible = "xen,grant-dma";
        #iommu-cells = <1>;
      };
    };
    &disk {
      iommus = <&grants 1>;
      \(region)
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices {
      guard let iommu = device.iommu, IOMMUKind(iommu.node) == .xenGrants,
        let property = device.memoryRegion, let reference = device.attachedPool
      else { continue }
      report(
        "the pool is not used, because the device uses the grants of \(iommu.node.name)",
        at: .element(property, reference.cell, cells: reference.cell..<(reference.cell + 1)),
        related: [Party("has the device use grants", at: .property(iommu.property))])
    }
  }
}
