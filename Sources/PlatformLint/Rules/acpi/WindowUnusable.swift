import ACPI
import Diagnostics
import GuestView

/// A virtio-mmio device has a window in its `_CRS`.
enum WindowUnusable: TableRule {
  static let id = "acpi/window-unusable"
  static let severity = Severity.error
  static let summary = "a virtio-mmio device has no memory in its _CRS that it could map"
  static let rationale = """
    The registers of the transport are the first memory that _CRS gives the device: at least 256 bytes, of a \
    length other than 0. What a descriptor marks as produced is for the devices below, and no driver maps it.
    """
  static let consequence = "the driver fails to probe, and the device isn't there"
  static let logLine: String? = "invalid resource"
  static let help = """
    give _CRS a Memory32Fixed of 0x200 bytes, or a QWordMemory of a consumer for what lies above 4 GiB
    """
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "virtio_mmio_probe"),
    .linux("drivers/acpi/resource.c", "acpi_dev_resource_memory", "acpi_decode_space"),
    .virtio("4.2.2"),
  ]
  static let silencedBy: [any Rule.Type] = [RangeReversed.self, CRSMalformed.self]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _CRS"], [TableExamples.virtio(resources: [TableExamples.line(48)])]),
    TableExample(
      at: ["\\_SB.VIO0"],
      [
        .device(
          "VIO0",
          [
            .name("_HID", .string("LNRO0005")), .name("_UID", .integer(0)),
            .name("_CCA", .integer(1)),
          ])
      ]),
    TableExample(
      at: ["\\_SB.VIO0: _CRS[0]"],
      [
        TableExamples.virtio(resources: [
          TableExamples.window(0x0a00_0000, length: 0), TableExamples.line(48),
        ])
      ]),
    TableExample(
      at: ["\\_SB.VIO0: _CRS[0]"],
      [
        TableExamples.virtio(resources: [
          TableExamples.window(0x0a00_0000, length: 0x80), TableExamples.line(48),
        ])
      ]),
    TableExample(
      at: ["\\_SB.VIO0: _CRS[0]"],
      [
        TableExamples.virtio(resources: [
          .addressSpace(
            AddressSpaceDescriptor(
              .quadWord, .memory(.nonCacheable), minimum: 0x10_0000_0000, length: 0x200)),
          TableExamples.line(48),
        ])
      ]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices where device.isVirtioMMIO && device.isPresent {
      if device.resources.problem?.code == .notStatic { continue }
      let windows = device.windows.filter { $0.space == .memory }
      // The first that can be had is the one that counts.
      guard let window = windows.first(where: { !$0.isProducer && $0.range != nil }) else {
        if let window = windows.first {
          report(
            window.isProducer
              ? "the window is produced for devices below, and not consumed"
              : "the window is empty",
            at: device.place(of: window), expected: "0x200 bytes that the device consumes")
        } else {
          report("there is no window", at: device.place(of: "_CRS"), found: "no memory in _CRS")
        }
        continue
      }
      guard let range = window.range, range.size < 0x100 else { continue }
      report(
        "the window is smaller than the registers of the transport", at: device.place(of: window),
        found: ByteText.hexAndSize(range.size), expected: "at least 0x100 (256 bytes)")
    }
  }
}
