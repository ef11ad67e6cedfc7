import DeviceTree
import Diagnostics
import GuestView

/// An IOMMU without a driver confines nothing.
enum IOMMUNotBuilt: Rule {
  static let id = "guest/iommu-not-built"
  static let severity = Severity.error
  static let summary = "the kernel was built without the driver of an IOMMU that devices are behind"
  static let rationale = """
    Who refers to an IOMMU waits for its driver. Where none comes, because none was built, the wait ends, \
    and the device is taken to have no IOMMU. Debian 12 has no driver for a virtio-iommu.
    """
  static let consequence = """
    the devices come up late and without the IOMMU; without a pool they use all of the guest's memory, \
    as far as the VMM lets them
    """
  static let help = "build the kernel with the driver of the IOMMU"
  static let exceptions = "IOMMUs other than Arm's and virtio's."
  static let sources = [
    Source.linux("drivers/iommu/of_iommu.c", "of_iommu_xlate"),
    .linux("drivers/base/dd.c", "driver_deferred_probe_check_state"),
  ]
  static let needs: Inputs = [.tree, .guestConfiguration]

  static let good = [
    Example(in: .iommu, guest: GuestExamples.kernel(), "/ { };"),
    Example(in: .iommu, guest: GuestExamples.kernel(without: [.virtioIOMMU]), "/ { };"),
  ]
  static let bad = [
    Example(
      in: .iommu, guest: GuestExamples.kernel(without: [.armSMMUv3]),
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0 0x10000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest else { return }
    var seen: Set<Int> = []
    for device in view.dmaDevices {
      guard let iommu = device.iommu, let driver = GuestOption.driver(ofIOMMU: iommu.node),
        !guest.has(driver), seen.insert(iommu.node.index).inserted
      else { continue }
      report(
        "\(guest.name) has no driver for the IOMMU", at: .property(iommu.property),
        found: "CONFIG_\(driver.rawValue) is not set", expected: "CONFIG_\(driver.rawValue)=y",
        related: [Party("is the IOMMU", at: .node(iommu.node))])
    }
  }
}
