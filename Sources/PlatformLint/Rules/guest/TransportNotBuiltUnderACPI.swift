import ACPI
import Diagnostics
import GuestView

/// Without the driver of its transport a device of tables isn't there.
enum TransportNotBuiltUnderACPI: TableRule {
  static let id = "guest/transport-not-built-under-acpi"
  static let severity = Severity.error
  static let summary =
    "the kernel was built without the driver that virtio-mmio devices of tables are reached by"
  static let rationale = """
    LNRO0005, and PRP0001 with "virtio,mmio", is a device for the driver of CONFIG_VIRTIO_MMIO alone. Without it \
    nobody asks for the device.
    """
  static let consequence = "the devices never come up, without a word"
  static let help = "build the kernel with the option, or put the devices onto PCI"
  static let sources = [Source.linux("drivers/virtio/virtio_mmio.c", "virtio_mmio_acpi_match")]
  static let needs: Inputs = [.tables, .guestConfiguration]
  static let goodTables = [
    TableExample([TableExamples.virtio()]).with(
      guest: GuestExamples.kernel(asModules: [.virtioMMIO]))
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0: _HID"], [TableExamples.virtio()])
      .with(guest: GuestExamples.kernel(without: [.virtioMMIO]))
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard let guest = view.guest, guest.has(.acpi), !guest.has(.virtioMMIO),
      let device = view.devices.first(where: { $0.isVirtioMMIO && $0.isPresent })
    else { return }
    report(
      "\(guest.name) has no driver for this transport", at: device.place(of: "_HID"),
      found: "CONFIG_VIRTIO_MMIO is not set", expected: "CONFIG_VIRTIO_MMIO=y or m")
  }
}
