import DeviceTree
import Diagnostics
import GuestView

/// `iommus` names IOMMUs, each with as many cells as it asks for.
enum ReferenceMalformed: Rule {
  static let id = "iommu/reference-malformed"
  static let severity = Severity.error
  static let summary = "iommus names no IOMMU, or has another number of cells than it asks for"
  static let rationale = """
    An entry is the phandle of an IOMMU and as many cells as its #iommu-cells says. If it can't be \
    read, or names something else, the device is taken to have no IOMMU.
    """
  static let consequence = "the device DMAs anywhere in memory, or does not come up"
  static let logLine: String? = "OF: <node>: could not …"
  static let help = "write the IOMMU's label, and the device's stream or endpoint ID behind it"
  static let exceptions = "A disabled IOMMU, which has a rule of its own."
  static let sources = [
    Source.binding("iommu/iommu.txt"),
    .linux("drivers/iommu/of_iommu.c", "of_iommu_configure_dev", "of_iommu_xlate"),
  ]
  static let alsoKnownAs = ["dtc (enabled or not): iommus_property"]
  static let good = [
    Example(
      in: .iommu,
      """
      &disk {
        iommus = <&smmu 1>;
        /delete-property/ memory-region;
      };
      """)
  ]
  static let bad = [
    Example(in: .iommu, example("<0x1234 1>")), Example(in: .iommu, example("<&clock 1>")),
    Example(in: .iommu, example("<&smmu>")),
  ]

  private static func example(_ value: String) -> String {
    """
    &disk {
      iommus = \(value);  // finding
      /delete-property/ memory-region;
    };
    &net {
      /delete-property/ memory-region;
    };
    /delete-node/ &bounce;
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "iommus") {
      var cell = 0
      var index = 0
      while let phandle = property.cell(cell) {
        let spot = Spot.cells(property, cell..<(cell + 1), "iommus[\(index)].target")
        guard let target = view.phandles.node(for: phandle) else {
          report(
            "iommus names no node", at: spot, found: ByteText.hex(phandle),
            expected: "the phandle of an IOMMU")
          break
        }
        guard let count = target.property("#iommu-cells")?.cell(0) else {
          report(
            "iommus names \(target.name), which is no IOMMU", at: spot,
            expected: "a node with #iommu-cells",
            related: [Party("is named", at: .node(target))])
          break
        }
        let left = property.cellCount - cell - 1
        guard count <= 16, Int(count) <= left else {
          report(
            "the entry is cut short", at: spot, found: "\(left) cells behind the phandle",
            expected: "\(count) cells",
            related: [Party("asks for them", at: .node(target))])
          break
        }
        cell += 1 + Int(count)
        index += 1
      }
    }
  }
}
