import ACPI
import Diagnostics
import GuestView

/// A virtio-mmio device is LNRO0005, or PRP0001 with `virtio,mmio`.
enum MisspeltID: TableRule {
  static let id = "acpi/misspelt-id"
  static let severity = Severity.error
  static let summary = "an id or a compatible is nearly that of a virtio-mmio device"
  static let rationale = """
    Linux binds its driver to LNRO0005, and to PRP0001 with the compatible virtio,mmio, and to nothing else. An id that is \
    a letter off is well-formed, and the interpreter makes a device of it like of any other.
    """
  static let consequence =
    "a device is made that no driver knows: the disk is missing, without a word"
  static let help = "write LNRO0005, or PRP0001 and \"virtio,mmio\""
  static let exceptions = """
    Ids of Linaro's other devices, LNRO and four digits, and those that begin with PNP, are taken for what they say.
    """
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "virtio_mmio_acpi_match", "virtio_mmio_match"),
    .observed("with the compatible virtio-mmio the device has no driver, and nothing is logged"),
  ]
  static let silencedBy: [any Rule.Type] = [IDMalformed.self, PRP0001WithoutCompatible.self]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0: _HID"], [TableExamples.virtio(id: .string("LNR0005"))]),
    TableExample(
      at: ["\\_SB.VIO0: _DSD"],
      [
        TableExamples.byCompatible(
          TableExamples.properties((name: "compatible", value: .string("virtio-mmio"))))
      ]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices where device.isPresent && !device.isVirtioMMIO {
      if let id = device.hardwareID.value?.text, let right = meant(by: id) {
        report(
          "no driver knows this id", at: device.place(of: "_HID"), found: "\"\(id)\"",
          expected: "\"\(right)\"")
      }
      guard device.isByCompatible else { continue }
      for text in device.compatible ?? [] where Spelling.isNear(text, "virtio,mmio", edits: 2) {
        report(
          "no driver knows this compatible", at: device.place(of: "_DSD"), found: "\"\(text)\"",
          expected: "\"virtio,mmio\"")
      }
    }
  }

  private static func meant(by id: String) -> String? {
    let digits = id.utf8.suffix(4)
    let isWhole = digits.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
    if !(id.hasPrefix("LNRO") && id.utf8.count == 8 && isWhole),
      Spelling.isNear(id, "LNRO0005", edits: 2)
    {
      return "LNRO0005"
    }
    guard id != "PRP0001", !id.hasPrefix("PNP"), Spelling.isNear(id, "PRP0001", edits: 1) else {
      return nil
    }
    return "PRP0001"
  }
}
