import DeviceTree
import Diagnostics
import GuestView

/// An IOMMU must say that its specifiers have one cell.
enum CellsWrong: Rule {
  static let id = "iommu/cells-wrong"
  static let severity = Severity.error
  static let summary = "an IOMMU has no #iommu-cells, or another number than 1"
  static let rationale = """
    The specifier of an SMMUv3 is a stream ID, that of a virtio-iommu an endpoint ID: one cell. \
    Without the property nothing that refers to the IOMMU can be read, with another number the \
    driver refuses what it gets or reads on into the next entry.
    """
  static let consequence = "the devices behind it DMA past the IOMMU, or do not come up"
  static let help = "write #iommu-cells = <1>"
  static let sources = [
    Source.binding("iommu/arm,smmu-v3.yaml"), .binding("virtio/pci-iommu.yaml"),
    .linux("drivers/iommu/of_iommu.c", "of_iommu_configure_dev"),
  ]
  static let good = [
    Example(
      in: .virt,
      """
      / {
        iommu@9050000 {
          compatible = "arm,smmu-v3";
          reg = <0x0 0x9050000 0x0 0x20000>;
          #iommu-cells = <1>;
        };
      };
      """)
  ]
  static let bad = [
    Example(in: .virt, example("iommu@9050000 {  // finding", "")),
    Example(in: .virt, example("iommu@9050000 {", "\n    #iommu-cells = <2>;  // finding")),
    Example(
      in: .virt,
      """
      &net {
        #iommu-cells = <0>;  // finding
      };
      """),
  ]

  private static func example(_ head: String, _ cells: String) -> String {
    """
    / {
      \(head)
        compatible = "arm,smmu-v3";
        reg = <0x0 0x9050000 0x0 0x20000>;\(cells)
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let nodes = IOMMUKind.nodes(in: view).union(view.nodes(compatibleWith: "virtio,mmio"))
    for node in nodes where view.isEnabled(node) {
      let property = node.property("#iommu-cells")
      // A virtio,mmio node is an IOMMU by this property alone.
      guard property != nil || IOMMUKind(node) != nil, property?.cell(0) != 1 else { continue }
      report(
        property == nil ? "the IOMMU has no #iommu-cells" : "the IOMMU has the wrong #iommu-cells",
        at: property.map(Spot.property) ?? .node(node),
        found: property?.cell(0).map { "\($0)" }, expected: "1")
    }
  }
}
