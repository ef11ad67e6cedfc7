import DeviceTree
import Diagnostics
import GuestView

/// The driver of an SMMU (version 1 or 2) counts its interrupts.
enum SMMUInterrupts: Rule {
  static let id = "iommu/smmu-interrupts"
  static let severity = Severity.error
  static let summary = "an SMMU has no interrupt for its contexts"
  static let rationale = """
    An SMMU of version 1 or 2 has some interrupts for faults of no context, as many as \
    #global-interrupts says, and behind them one or more for its contexts. Without \
    #global-interrupts, or without an interrupt for a context, its driver gives it up, and whoever \
    waits for it is taken to have no IOMMU in the end.
    """
  static let consequence = """
    the devices come up late, and DMA anywhere in memory unless they have a pool
    """
  static let logLine: String? = "interrupts but expected at least"
  static let help = """
    write #global-interrupts, and in interrupts that many and behind them those of the contexts
    """
  static let exceptions = """
    An SMMUv3, which does without. A warning where every device that refers to it has a pool instead.
    """
  static let sources = [
    Source.linux(
      "drivers/iommu/arm/arm-smmu/arm-smmu.c", "arm_smmu_device_dt_probe", "arm_smmu_device_probe"),
    .binding("iommu/arm,smmu.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [MisspeltProperty.self, InterruptsLength.self]
  static let good = [Example(in: .iommu, example("<0 65 4>, <0 66 4>"))]
  static let bad = [
    Example(in: .iommu, example("<0 65 4>;  // finding")),
    Example(
      in: .iommu,
      """
      &smmu {  // finding
        compatible = "arm,mmu-500", "arm,smmu-v2";
        interrupts = <0 65 4>, <0 66 4>;
      };
      """),
  ]

  private static func example(_ interrupts: String) -> String {
    let end = interrupts.contains("//") ? "" : ";"
    return """
      &smmu {
        compatible = "arm,mmu-500", "arm,smmu-v2";
        #global-interrupts = <1>;
        interrupts = \(interrupts)\(end)
      };
      """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for loss in report.shared.lostIOMMUs
    where loss.state == .refused
      && loss.node.property("compatible")?.listsCompatible("arm,smmu-v3") != true
    {
      let global = loss.node.property("#global-interrupts")?.cell(0)
      let interrupts = loss.node.property("interrupts")
      let count = view.interrupts(of: loss.node).count
      report(
        global == nil
          ? "the SMMU does not say how many of its interrupts are global"
          : "the SMMU has no interrupt for its contexts",
        at: global == nil ? .node(loss.node) : interrupts.map(Spot.property) ?? .node(loss.node),
        found: global.map { "\(count) interrupts, \($0) of them global" },
        expected: global.map { "at least \(UInt64($0) + 1) interrupts" } ?? "#global-interrupts",
        related: loss.references.prefix(4).map { Party("refers to it", at: .property($0)) },
        severity: loss.isOpen ? nil : .warning)
    }
  }
}
