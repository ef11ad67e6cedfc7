import DeviceTree
import Diagnostics
import GuestView

/// The driver of an SMMUv3 wants both of its register pages.
enum SMMURegisters: Rule {
  static let id = "iommu/smmu-registers"
  static let severity = Severity.error
  static let summary = "the registers of an SMMUv3 are missing, or less than 128 KiB"
  static let rationale = """
    An SMMUv3 has two pages of registers, of 64 KiB each. Where the tree has less its driver gives it \
    up, and whoever waits for it is taken to have no IOMMU in the end.
    """
  static let consequence = """
    the devices come up late, and DMA anywhere in memory unless they have a pool
    """
  static let logLine: String? = "arm-smmu-v3 <node>: MMIO region too small"
  static let help = "write the window of the SMMU: 0x20000 bytes"
  static let exceptions = """
    A warning where every device that refers to it has a pool instead; 64 KiB are enough with \
    cavium,cn9900-broken-page1-regspace.
    """
  static let sources = [
    Source.linux(
      "drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c", "arm_smmu_device_probe",
      "arm_smmu_resource_size")
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &smmu {
        cavium,cn9900-broken-page1-regspace;
        reg = <0x0 0x9050000 0x0 0x10000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .iommu,
      """
      &smmu {
        reg = <0x0 0x9050000 0x0 0x10000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for loss in report.shared.lostIOMMUs
    where loss.state == .refused
      && loss.node.property("compatible")?.listsCompatible("arm,smmu-v3") == true
    {
      let registers = loss.node.property("reg")
      let window = view.registers(of: loss.node).first?.range
      report(
        registers == nil
          ? "the IOMMU has no registers" : "the registers of the IOMMU are too small",
        at: registers.map(Spot.property) ?? .node(loss.node),
        found: window.map { "\($0)" }, expected: "128 KiB of registers",
        related: loss.references.prefix(4).map { Party("refers to it", at: .property($0)) },
        severity: loss.isOpen ? nil : .warning)
    }
  }
}
