import DeviceTree
import Diagnostics
import GuestView

/// CONFIG_IOMMU_DEFAULT_PASSTHROUGH lets everything through.
enum IOMMUBuiltForPassthrough: Rule {
  static let id = "guest/iommu-built-for-passthrough"
  static let severity = Severity.error
  static let summary = "the kernel was built to let everything through IOMMUs"
  static let rationale = """
    With CONFIG_IOMMU_DEFAULT_PASSTHROUGH domains are identities unless the command line says \
    iommu.passthrough=0, and a device with an identity is given no pool either.
    """
  static let consequence = "the IOMMU maps all of memory for every device, one to one"
  static let logLine: String? = "iommu: Default domain type: Passthrough"
  static let help =
    "write iommu.passthrough=0 into bootargs, or build the kernel without the option"
  static let sources = [Source.linux("drivers/iommu/iommu.c", "iommu_subsys_init")]
  static let needs: Inputs = [.tree, .guestConfiguration]

  private static let kernel = GuestExamples.kernel(with: [.iommuDefaultPassthrough])

  static let good = [
    Example(in: .iommu, guest: GuestExamples.kernel(), "/ { };"),
    Example(
      in: .iommu, guest: kernel,
      """
      &chosen {
        bootargs = "iommu.passthrough=0";
      };
      """),
  ]
  static let bad = [
    Example(
      in: .iommu, guest: kernel,
      """
      &pci {
        iommu-map = <0x0 &smmu 0x0 0x10000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest else { return }
    for device in view.dmaDevices {
      guard case .allMemory(because: .iommuPassthroughBuilt) = device.outcome,
        let iommu = device.iommu
      else { continue }
      report(
        "\(guest.name) lets everything through the IOMMU", at: .property(iommu.property),
        found: "CONFIG_IOMMU_DEFAULT_PASSTHROUGH=y",
        related: [Party("is the IOMMU", at: .node(iommu.node))])
      return
    }
  }
}
