import DeviceTree
import Diagnostics
import GuestView

/// `iommu.passthrough=1` takes the translation away from every IOMMU of the tree.
enum Passthrough: Rule {
  static let id = "iommu/passthrough"
  static let severity = Severity.error
  static let summary = "the command line tells IOMMUs to let everything through"
  static let rationale = """
    Every device gets an identity domain then: its addresses are guest-physical ones, all of them \
    allowed. The kernel still counts it as behind an IOMMU, so a restricted pool isn't looked for.
    """
  static let consequence = """
    the DMA of the devices behind an IOMMU may go anywhere in memory, and a pool that they name is \
    not used
    """
  static let logLine: String? =
    "iommu: Default domain type: Passthrough (set via kernel command line)"
  static let help = "remove iommu.passthrough from bootargs, or write iommu.passthrough=0"
  static let exceptions = """
    Trees in which no device is behind an IOMMU, and Xen's grants. What the kernel was built with \
    (CONFIG_IOMMU_DEFAULT_PASSTHROUGH) does the same and can't be seen in a tree.
    """
  static let sources = [
    Source.linux(
      "drivers/iommu/iommu.c", "iommu_set_def_domain_type", "iommu_group_alloc_default_domain"),
    .linux("drivers/of/device.c", "of_dma_configure_id"),
    .observed("the device is in an IOMMU group of type identity"),
  ]
  static let good = [
    Example(in: .iommu, example("console=ttyAMA0 iommu.passthrough=0", "")),
    Example("&chosen {\n  bootargs = \"iommu.passthrough=1\";\n};"),
  ]
  static let bad = [Example(in: .iommu, example("iommu.passthrough=1", "  // finding"))]

  private static func example(_ text: String, _ marker: String) -> String {
    """
    &chosen {
      bootargs = "\(text)";\(marker)
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let commandLine = view.commandLine, let parameter = commandLine.passthrough else {
      return
    }
    let devices = view.dmaDevices.filter { device in
      if case .allMemory(because: .iommuPassthrough) = device.outcome { return true }
      return false
    }
    guard let first = devices.first else { return }
    report(
      "the command line takes the IOMMU from "
        + (devices.count == 1 ? first.node.name : "\(devices.count) devices"),
      at: .property(commandLine.property), found: parameter.text,
      expected: "no such parameter, or iommu.passthrough=0",
      related: devices.prefix(4).compactMap { device in
        device.iommu.map { Party("puts the device behind an IOMMU", at: .property($0.property)) }
      })
  }
}
