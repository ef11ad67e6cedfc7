import ACPI
import Diagnostics
import GuestView

/// A device that a VMM emulates is coherent with the guest's caches.
enum DeviceNotCoherent: TableRule {
  static let id = "acpi/device-not-coherent"
  static let severity = Severity.warning
  static let summary = "_CCA says that the DMA of a virtio device is not coherent"
  static let rationale = """
    A VMM reads and writes the memory of its guest through the caches of the CPU that it runs on. With a _CCA of 0 a \
    guest of arm64 maps the rings without caching, and cleans and invalidates its buffers: it and the VMM then see two \
    versions of the same memory.
    """
  static let consequence = """
    where the device offers VIRTIO_F_ACCESS_PLATFORM: on arm64 hosts without FEAT_S2FWB (before Armv8.4) updates of the \
    rings may be lost and queues hang; elsewhere every transfer costs cache maintenance for nothing
    """
  static let help = "write Name (_CCA, One)"
  static let exceptions = """
    PCI hosts; and devices of a chip that really are beside the caches, for which the finding has to be allowed. On a PC \
    Linux doesn't act on it, and the finding is a note.
    """
  static let sources = [
    Source.linux("drivers/acpi/scan.c", "acpi_init_coherency", "acpi_dma_configure_id"),
    .linux("arch/arm64/mm/dma-mapping.c", "arch_setup_dma_ops"),
    .linux("kernel/dma/direct.c", "dma_direct_alloc"), .acpi("6.2.17"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0: _CCA"], [TableExamples.virtio(coherency: .integer(0))]),
    TableExample(
      in: .x86, at: ["\\_SB.VIO0: _CCA"],
      [TableExamples.virtio(interrupt: 16, coherency: .integer(0))]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    var told: Set<Int> = []
    for device in view.devices where device.isVirtioMMIO && device.isPresent {
      guard let coherency = device.coherency, coherency.isCoherent == false,
        let owner = coherency.object.parent, let range = coherency.object.byteRange,
        let table = coherency.object.table
      else { continue }
      // What stands above holds for all devices below, and is told once.
      guard told.insert(range.lowerBound << 16 | table).inserted else { continue }
      let isOnPC = view.isOn(.x86)
      report(
        owner.path == device.path
          ? "the device is said not to be coherent"
          : "\(device.path), and what else is below, is said not to be coherent",
        at: TablePlace(table: table, node: owner.path, property: "_CCA", byteRange: range),
        found: "0", expected: "1",
        severity: isOnPC ? .note : nil,
        consequence: isOnPC ? "on a PC Linux takes all DMA for coherent, whatever _CCA says" : nil)
    }
  }
}
