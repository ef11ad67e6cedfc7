import ACPI
import Diagnostics
import GuestView

/// On arm64 a device that does DMA says whether that is coherent.
enum CCAMissing: TableRule {
  static let id = "acpi/cca-missing"
  static let severity = Severity.error
  static let summary = "a device that does DMA has no _CCA, and nothing above it has one"
  static let rationale = """
    On arm64 there is no telling whether DMA is coherent, so ACPI asks each device that does DMA, or one above \
    it, for a _CCA. Without one Linux takes it that DMA isn't supported. A kernel with support for Xen, as \
    distributions build it, then gives the device operations that fail.
    """
  static let consequence = """
    on a kernel with CONFIG_XEN no DMA can be mapped: a virtio device that offers VIRTIO_F_ACCESS_PLATFORM fails \
    with -12, and functions of PCI fail too; on others DMA is taken for incoherent
    """
  static let logLine: String? =
    "Failed to enable 64-bit or 32-bit DMA.  Trying to continue, but this might not work."
  static let help = """
    add Name (_CCA, One) to the device, or once to a device that all of them are below
    """
  static let exceptions = """
    Elsewhere than on arm64, DMA is coherent unless a _CCA says otherwise, and the finding is a note.
    """
  static let sources = [
    Source.linux("drivers/acpi/scan.c", "acpi_init_coherency", "acpi_get_dma_attr"),
    .linux("kernel/dma/dummy.c"), .acpi("6.2.17"),
    .observed("a virtio device without _CCA under Debian's kernel: probe fails with -12"),
  ]
  static let goodTables = [
    TableExample([TableExamples.virtio()]),
    TableExample([
      .device(
        "BUS0",
        [
          .name("_HID", .string("ACPI0004")), .name("_UID", .integer(0)),
          .name("_CCA", .integer(1)), TableExamples.virtio(coherency: nil),
        ])
    ]),
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0"], [TableExamples.virtio(coherency: nil)]),
    TableExample(
      at: ["\\_SB.PCI0"], [TableExamples.pciHost(coherency: nil)], with: [TableExamples.mcfg()]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    // Without a word on the processor nobody can say whether it matters.
    let isArm = view.isOn(.arm64)
    guard isArm || view.architecture == nil else { return }
    for (device, _) in report.shared.dmaDevices
    where device.coherency == nil && device.isPresent {
      report(
        isArm
          ? "there is no _CCA, here or above"
          : "there is no _CCA, here or above, which arm64 needs; for what processor this is, nothing says",
        at: device.place, severity: isArm ? nil : .note, log: isArm ? .ofRule : .nothing)
    }
  }
}
