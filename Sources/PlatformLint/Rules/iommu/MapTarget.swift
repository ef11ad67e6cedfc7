import DeviceTree
import Diagnostics
import GuestView

/// The phandles of `iommu-map` and `msi-map` must name what the maps are about.
enum MapTarget: Rule {
  static let id = "iommu/map-target"
  static let severity = Severity.error
  static let summary = "iommu-map names no IOMMU, or msi-map no MSI controller"
  static let rationale = """
    An IOMMU is known by its #iommu-cells, an MSI controller by its msi-controller. An entry that \
    leads to nothing or to another node is as good as none.
    """
  static let consequence = "functions DMA past the IOMMU, or have no message-signalled interrupts"
  static let help = "refer to the IOMMU or MSI controller by its label, and enable it"
  static let exceptions = """
    A warning where the MSI controller is disabled, since that may be meant; a disabled IOMMU has a rule \
    of its own.
    """
  static let sources = [
    Source.linux("drivers/of/base.c", "of_map_id"),
    .linux("drivers/iommu/of_iommu.c", "of_iommu_xlate"), .binding("pci/pci-iommu.txt"),
    .binding("pci/pci-msi.txt"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0 0x10000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 0x1234 0x0 0x10000>;  // finding
      };
      """),
    Example(
      in: .iommu,
      """
      &pci {
        iommu-map = <0x0 &clock 0x0 0x10000>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &its {
        status = "disabled";
      };
      &pci {
        msi-map = <0x0 &its 0x0 0x10000>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        msi-map = <0x0 &gic 0x0 0x10000>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (_, kind, map) in RequesterMaps.all(in: view) where map.isWhole {
      for row in map.rows {
        let cell = 4 * row.index + 1
        let spot = Spot.cells(
          map.property, cell..<(cell + 1), "\(map.property.name)[\(row.index)].target")
        guard let target = row.target else {
          report(
            "the entry names no node", at: spot, found: ByteText.hex(row.phandle),
            expected: "the phandle of \(kind.target)")
          continue
        }
        if !target.has(kind.mark) {
          // An IOMMU that lacks its cells is told of as what it is.
          if kind == .iommu, IOMMUKind(target) != nil { continue }
          report(
            "the entry names \(target.name), which is not \(kind.target)", at: spot,
            expected: "a node with \(kind.mark)",
            related: [Party("is named", at: .node(target))])
        } else if kind == .msi, !view.isAvailable(target) {
          // One inside a disabled controller is lost with it, which is told there.
          report(
            "the entry names \(target.name), which is disabled", at: spot,
            expected: "an enabled node", related: [Party("is disabled", at: .node(target))],
            severity: .warning)
        }
      }
    }
  }
}
