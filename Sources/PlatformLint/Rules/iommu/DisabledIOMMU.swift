import DeviceTree
import Diagnostics
import GuestView

/// An IOMMU that devices are behind must be enabled.
enum DisabledIOMMU: Rule {
  static let id = "iommu/disabled-iommu"
  static let severity = Severity.error
  static let summary = "an IOMMU is disabled, and devices refer to it"
  static let rationale = """
    A device whose IOMMU is disabled is taken to have none. Nothing then stands between it and \
    memory, unless it also names a restricted pool, which is used in that case.
    """
  static let consequence = "the devices DMA anywhere in memory, without a word"
  static let help = "enable the IOMMU, or remove it together with the references to it"
  static let exceptions = "A warning where every device that refers to it has a pool instead."
  static let sources = [
    Source.linux("drivers/iommu/of_iommu.c", "of_iommu_xlate"),
    .linux("drivers/of/device.c", "of_dma_configure_id"),
    .observed("the device works and is in no IOMMU group"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &smmu {
        status = "okay";
      };
      """)
  ]
  static let bad = [
    Example(in: .iommu, example("")),
    Example(in: .iommu, example("\n&pci {\n  memory-region = <&bounce>;\n};")),
    Example(
      """
      / {
        smmu: iommu@9050000 {
          compatible = "arm,smmu-v3";
          reg = <0x0 0x9050000 0x0 0x20000>;
          #iommu-cells = <1>;
          status = "disabled";  // finding
        };
      };
      &disk {
        iommus = <&smmu 1>;
        /delete-property/ memory-region;
      };
      &net {
        iommus = <&smmu 2>;
        /delete-property/ memory-region;
      };
      /delete-node/ &bounce;
      """),
  ]

  private static func example(_ more: String) -> String {
    """
    &smmu {
      status = "disabled";  // finding
    };\(more)
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for loss in report.shared.lostIOMMUs where loss.state == .disabled {
      var disabled: FlattenedTree.Node? = loss.node
      while let node = disabled, view.isAvailable(node) { disabled = node.parent }
      let status = (disabled ?? loss.node).property("status")
      report(
        loss.references.count == 1
          ? "\(loss.references[0].node.name) is behind this IOMMU, which is disabled"
          : "\(loss.references.count) devices are behind this IOMMU, which is disabled",
        at: status.map(Spot.property) ?? .node(loss.node), expected: "an enabled IOMMU",
        related: loss.references.prefix(4).map { Party("refers to it", at: .property($0)) },
        severity: loss.isOpen ? nil : .warning)
    }
  }
}
