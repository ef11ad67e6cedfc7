import DeviceTree
import Diagnostics
import GuestView

/// An IOMMU that nobody refers to may still block the functions of a PCI host.
enum BridgeNotMapped: Rule {
  static let id = "iommu/bridge-not-mapped"
  static let severity = Severity.warning
  static let summary = "there is an SMMU, and nothing in the tree is behind it"
  static let rationale = """
    The driver of an SMMUv3 turns it on, and from then on it stops every device that it was told \
    nothing about. A PCI host in front of which it stands needs an iommu-map for that; a pool is of \
    no help, because its addresses are stopped too. Whether it stands in front of the host, the tree does \
    not say: a VMM may let a bus go past it, as QEMU does with default-bus-bypass-iommu, and then the \
    host works and nothing but a pool confines it.
    """
  static let consequence = """
    if the host is behind the SMMU, all I/O of its functions hangs; if not, they DMA anywhere in memory
    """
  static let logLine: String? = "arm-smmu-v3 <device>: event 0x02 received:"
  static let help = """
    add an iommu-map to the PCI host, or remove the SMMU from the machine; allow the finding where the \
    VMM lets the bus go past the SMMU
    """
  static let exceptions = "Nothing is said once any device refers to an IOMMU."
  static let sources = [
    Source.linux("drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c", "arm_smmu_device_reset"),
    .observed("the pool is assigned, event 0x02 is received, and I/O hangs"),
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
    Example(in: .iommu, example("")),
    Example(in: .iommu, example("\n  memory-region = <&bounce>;")),
  ]

  private static func example(_ more: String) -> String {
    """
    &pci {  // finding
      /delete-property/ iommu-map;\(more)
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let iommus = view.nodes(compatibleWith: "arm,smmu-v3")
    guard let iommu = iommus.first(where: view.isEnabled), !isReferred(in: view) else { return }
    for device in view.dmaDevices where device.kind == .pciHost && !device.node.has("iommu-map") {
      report(
        "nothing is behind \(iommu.name), not even this host", at: .node(device.node),
        expected: "iommu-map", related: [Party("is enabled", at: .node(iommu))],
        log: .about(iommu))
    }
  }

  private static func isReferred(in view: GuestView) -> Bool {
    !view.properties(named: "iommus").isEmpty || !view.properties(named: "iommu-map").isEmpty
  }
}
