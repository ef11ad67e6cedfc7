import ACPI
import Diagnostics
import GuestView

/// An IOMMU of tables that is turned off, or lets everything through, confines nothing.
enum PassthroughUnderACPI: TableRule {
  static let id = "iommu/passthrough-under-acpi"
  static let severity = Severity.error
  static let summary =
    "the guest's kernel, or its command line, doesn't have the IOMMU of tables translate"
  static let rationale = """
    With iommu.passthrough=1 or iommu=pt every device gets an identity domain: its addresses are guest-physical ones, \
    all of them allowed. With iommu=off, intel_iommu=off or amd_iommu=off the driver isn't started at all, and a kernel \
    with CONFIG_INTEL_IOMMU alone starts it only with intel_iommu=on.
    """
  static let consequence = """
    the DMA of the devices behind the IOMMU may go anywhere in the guest's memory
    """
  static let logLine: String? =
    "iommu: Default domain type: Passthrough (set via kernel command line)"
  static let help = "take the parameter away, or build the kernel to translate"
  static let exceptions = """
    The command line is known of a guest behind a gate alone, and there from -append. Tables in which no device is \
    behind an IOMMU.
    """
  static let sources = [
    Source.linux("drivers/iommu/iommu.c", "iommu_set_def_domain_type"),
    .linux("arch/x86/kernel/pci-dma.c", "iommu_setup"),
    .linux("drivers/iommu/intel/dmar.c", "detect_intel_iommu"),
    .linux("drivers/iommu/amd/init.c", "amd_iommu_detect"),
  ]
  static let needs: Inputs = .tables
  static let goodTables = [
    behindIOMMU.with(kernelArguments: "console=ttyS0 iommu.passthrough=1 iommu.passthrough=0"),
    behindIOMMU.with(kernelArguments: "intel_iommu=off"),
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0"], tables: behindIOMMU.tables)
      .with(kernelArguments: "iommu.passthrough=1"),
    TableExample(at: ["\\_SB.VIO0"], tables: behindIOMMU.tables)
      .with(guest: GuestExamples.kernel(with: [.iommuDefaultPassthrough])),
  ]

  private static let behindIOMMU = TableExamples.behindVirtioIOMMU()

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    var told: Set<TableIOMMU> = []
    for (device, iommu) in view.translatedDevices {
      guard let obstacle = view.obstacle(to: iommu), told.insert(iommu).inserted else { continue }
      report(
        "the guest doesn't have \(iommu.name) translate, which this device is behind",
        at: device.place, found: obstacle.found, expected: obstacle.expected)
    }
  }
}
