import ACPI
import Diagnostics
import GuestView

/// A virtio-mmio device has an interrupt in its `_CRS`.
enum InterruptUnusable: TableRule {
  static let id = "acpi/interrupt-unusable"
  static let severity = Severity.error
  static let summary = "a virtio-mmio device has no interrupt in its _CRS that it could use"
  static let rationale = """
    The driver asks for the first interrupt of the device when it sets up its queues. An Interrupt descriptor \
    that produces is for other devices, and one of several numbers gives the first to the first device.
    """
  static let consequence =
    "the platform device is there, and the driver of the virtio device fails with -6"
  static let logLine: String? = "IRQ index 0 not found"
  static let help =
    "give _CRS an Interrupt (ResourceConsumer, Edge, ActiveHigh, Exclusive) with the GSI"
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "vm_find_vqs"),
    .linux("drivers/acpi/irq.c", "acpi_irq_get"),
    .observed("a device without an interrupt: IRQ index 0 not found"),
  ]
  static let silencedBy: [any Rule.Type] = [CRSMalformed.self]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _CRS"],
      [TableExamples.virtio(resources: [TableExamples.window(0x0a00_0000)])]),
    TableExample(
      at: ["\\_SB.VIO0: _CRS"],
      [
        TableExamples.virtio(resources: [
          TableExamples.window(0x0a00_0000),
          .interrupt(ExtendedInterrupt([48], mode: .edgeRising, isConsumer: false)),
        ])
      ]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices
    where device.isVirtioMMIO && device.isPresent && device.interrupts.isEmpty {
      // Without _CRS there is no window either, which is said already.
      guard let template = device.resources.value else { continue }
      let produces = template.descriptors.contains { descriptor in
        if case .interrupt = descriptor { true } else { false }
      }
      report(
        produces
          ? "the interrupt is produced for other devices, and not consumed"
          : "there is no interrupt",
        at: device.place(of: "_CRS"))
    }
  }
}
