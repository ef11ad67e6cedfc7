import ACPI
import Diagnostics
import GuestView

/// No table leads a device to a restricted pool.
enum PoolWithoutEffect: TableRule {
  static let id = "acpi/pool-without-effect"
  static let severity = Severity.error
  static let summary = "a _DSD names a pool for DMA, which Linux looks for in device trees alone"
  static let rationale = """
    Linux attaches restricted pools where it configures the DMA of a device of a device tree. Where it does so \
    for one of ACPI, it never looks at reserved memory: memory-region in a _DSD is read by nobody. A pool that \
    is described as a device is worse: its memory isn't reserved, and the kernel goes on using it.
    """
  static let consequence = """
    the device works and reaches all of the guest's memory: nothing confines it, and nothing says so
    """
  static let help = """
    boot with a device tree, or put a virtio-iommu in front of the device and describe it in VIOT
    """
  static let sources = [
    Source.linux("drivers/acpi/scan.c", "acpi_dma_configure_id"),
    .linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .observed("memory-region in a _DSD: max_segment_size stays that of a device without a pool"),
  ]
  static let goodTables = [
    TableExample([
      TableExamples.byCompatible(
        TableExamples.properties((name: "compatible", value: .string("virtio,mmio"))))
    ])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _DSD", "\\_SB.POOL"],
      [
        .device(
          "POOL",
          [
            .name("_HID", .string("PRP0001")), .name("_UID", .integer(7)),
            .name(
              "_CRS",
              .resources([TableExamples.window(0x5000_0000, length: 0x80_0000)])),
            TableExamples.properties(
              (name: "compatible", value: .string("restricted-dma-pool"))),
          ]),
        TableExamples.byCompatible(
          TableExamples.properties(
            (name: "compatible", value: .string("virtio,mmio")),
            (name: "memory-region", value: .path("\\_SB.POOL")))),
      ])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices {
      if device.isByCompatible,
        device.isCompatible("restricted-dma-pool") || device.isCompatible("shared-dma-pool")
      {
        report(
          "a pool is described as a device; its memory is not reserved", at: device.place,
          found: device.compatible?.joined(separator: ", "))
      }
      for entry in device.properties.value?.properties ?? [] where entry.name == "memory-region" {
        let whole = device.place(of: "_DSD")
        report(
          "the property memory-region has no effect under ACPI",
          at: TablePlace(
            table: whole.table, node: whole.node, property: "_DSD",
            byteRange: entry.byteOffset..<(entry.byteOffset + 1)))
      }
    }
  }
}
