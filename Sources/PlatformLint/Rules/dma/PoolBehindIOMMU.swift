import DeviceTree
import Diagnostics
import GuestView

/// A device behind an IOMMU does not use its pool.
enum PoolBehindIOMMU: Rule {
  static let id = "dma/pool-behind-iommu"
  static let severity = Severity.warning
  static let summary = "a device has both a restricted pool and an IOMMU"
  static let rationale = """
    The kernel looks for a pool only where no IOMMU takes the device. If the driver of the IOMMU \
    never arrives, a timeout makes it "no IOMMU" and the pool is used after all, so that what happens \
    depends on how the kernel was built.
    """
  static let consequence =
    "the IOMMU translates for the device and the pool is not used, without a word"
  static let help = "keep memory-region or the IOMMU"
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_configure_id"),
    .linux("drivers/iommu/of_iommu.c", "of_iommu_configure"),
    .observed("the device is in an IOMMU group and its pool is unused"),
  ]
  static let good = [
    Example(
      """
      / {
        smmu: iommu@9050000 {
          compatible = "arm,smmu-v3";
          reg = <0x0 0x9050000 0x0 0x20000>;
          #iommu-cells = <1>;
        };
      };
      &disk {
        iommus = <&smmu 1>;
        /delete-property/ memory-region;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        smmu: iommu@9050000 {
          compatible = "arm,smmu-v3";
          reg = <0x0 0x9050000 0x0 0x20000>;
          #iommu-cells = <1>;
        };
      };
      &disk {
        iommus = <&smmu 1>;
        memory-region = <&bounce>;  // finding
      };
      """),
    Example(
      in: .iommu,
      """
      &pci {
        disk@1,0 {
          reg = <0x800 0x0 0x0 0x0 0x0>;
          memory-region = <&bounce>;  // finding
        };
      };
      """),
    Example(
      in: .iommu,
      """
      &pci {
        memory-region = <&bounce>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // A host's pool is of use to the functions that its iommu-map leaves out.
    let bypassed = Set(
      view.pciHosts.filter { !$0.bypassingRequesterIDs.isEmpty }.map(\.node.index))
    for device in view.dmaDevices where !bypassed.contains(device.node.index) {
      guard let iommu = device.iommu, let property = device.memoryRegion,
        let reference = device.attachedPool, IOMMUKind(iommu.node) != .xenGrants
      else { continue }
      report(
        "the pool is not used, because the device is behind \(iommu.node.name)",
        at: .element(property, reference.cell, cells: reference.cell..<(reference.cell + 1)),
        related: [Party("puts the device behind an IOMMU", at: .property(iommu.property))])
    }
  }
}
