import DeviceTree
import Diagnostics
import GuestView

/// An IOMMU that devices are behind must have a driver.
enum UnknownIOMMU: Rule {
  static let id = "iommu/unknown-iommu"
  static let severity = Severity.error
  static let summary = "no driver takes an IOMMU that devices refer to"
  static let rationale = """
    The devices wait for the driver, ten seconds on most kernels. When the time is over they are \
    taken to have no IOMMU: they come up with all of memory before them, or with the restricted pool \
    that they name.
    """
  static let consequence = """
    the devices come up late, and DMA anywhere in memory unless they have a pool
    """
  static let logLine: String? = "deferred probe timeout, ignoring dependency"
  static let help = """
    write the compatible of the IOMMU as its binding has it, and describe it on a bus that is populated
    """
  static let exceptions = """
    A warning where every device that refers to it has a pool instead. Functions of PCI, which are \
    known by their device ID; and IOMMUs whose drivers Linux 6.12 does not have.
    """
  static let sources = [
    Source.linux("drivers/iommu/iommu.c", "iommu_fwspec_init"),
    .linux("drivers/base/dd.c", "driver_deferred_probe_check_state"),
    .linux("drivers/of/device.c", "of_dma_configure_id"),
    .observed("the device comes up ten seconds late, in no IOMMU group"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &smmu {
        compatible = "arm,smmu-v2";
        #global-interrupts = <1>;
        interrupts = <0 65 4>, <0 66 4>;
      };
      """)
  ]
  static let bad = [
    Example(in: .iommu, example("")),
    Example(in: .iommu, example("\n&pci {\n  memory-region = <&bounce>;\n};")),
  ]

  private static func example(_ more: String) -> String {
    """
    &smmu {
      compatible = "arm,smmuv3";  // finding
    };\(more)
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for loss in report.shared.lostIOMMUs where loss.state == .withoutDriver {
      let compatible = loss.node.property("compatible")
      let who =
        loss.references.count == 1
        ? loss.references[0].node.name : "\(loss.references.count) devices"
      report(
        view.isInstantiated(loss.node)
          ? "no driver knows the IOMMU of \(who)"
          : "no device is made of the IOMMU of \(who)",
        at: compatible.map(Spot.property) ?? .node(loss.node),
        found: compatible?.strings?.first.map { "\"\($0)\"" }, expected: "as \"arm,smmu-v3\"",
        related: loss.references.prefix(4).map { Party("refers to it", at: .property($0)) },
        severity: loss.isOpen ? nil : .warning)
    }
  }
}
