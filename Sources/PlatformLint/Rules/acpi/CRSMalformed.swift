import ACPI
import Diagnostics
import GuestView

/// A `_CRS` is a buffer of resource descriptors and an end tag.
enum CRSMalformed: TableRule {
  static let id = "acpi/crs-malformed"
  static let severity = Severity.error
  static let summary = "the resources of a device can't be read"
  static let rationale = """
    A descriptor says by its tag how long it is, or behind its tag; the list ends with the tag 0x79 and a \
    checksum, which is 0 or right. Where a length doesn't suit its tag the interpreter refuses the whole list, \
    and with it all windows and interrupts of the device. One generator writes Register with 0x12 bytes, where \
    it has 0x0c.
    """
  static let consequence = "Linux takes none of the resources, and the driver of the device fails"
  static let help = "write the list with a tool that knows the descriptors, and end it with 79 00"
  static let exceptions = "What a method returns can't be looked at without running it."
  static let sources = [
    Source.acpi("6.4"), .linux("drivers/acpi/acpica/utresrc.c", "acpi_ut_walk_aml_resources"),
    .program("rust-vmm acpi_tables", "src/aml.rs, Register"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _CRS"],
      [TableExamples.virtio(more: [])],
      note: "In the bytes, the end tag of _CRS is 7a: an end tag has one byte.",
      edit: { bytes in replace([0x79, 0x00], with: [0x7a, 0x00], in: &bytes) }),
    TableExample(
      at: ["\\_SB.VIO0: _CRS"], [TableExamples.virtio()],
      note: "In the bytes, the checksum of _CRS is 0x55, which is not right.",
      edit: { bytes in replace([0x79, 0x00], with: [0x79, 0x55], in: &bytes) }),
    TableExample(
      at: ["\\_SB.VIO0: _CRS"], [TableExamples.virtio()],
      note: "In the bytes, Memory32Fixed has 10 bytes: one is taken from what follows.",
      edit: { bytes in replace([0x86, 0x09, 0x00], with: [0x86, 0x0a, 0x00], in: &bytes) }),
  ]

  /// Replaces the first `old` in `bytes`.
  private static func replace(_ old: [UInt8], with new: [UInt8], in bytes: inout [UInt8]) {
    guard let range = bytes.firstRange(of: old) else { return }
    bytes.replaceSubrange(range, with: new)
  }

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices {
      for name: NameSegment in ["_CRS", "_PRS", "_DMA"] {
        guard device.object.child(name) != nil else { continue }
        let template = name == "_CRS" ? device.resources : device.object.resources(of: name)
        if let problem = template.problem, problem.code == .badValue {
          report("its \(name.text) is \(problem.message)", at: device.place(of: name))
        }
        // What follows from the first is not told.
        guard let problem = template.value?.problems.first, problem.code != .limitExceeded else {
          continue
        }
        let isOfChecksum = problem.code == .badChecksum
        report(
          problem.message, at: place(device, name, problem.byteOffset),
          severity: isOfChecksum ? .warning : nil,
          consequence: isOfChecksum
            ? "Linux doesn't look at the checksum, and takes the resources; others may refuse them"
            : nil)
      }
    }
  }

  private static func place(
    _ device: TableDevice, _ name: NameSegment, _ offset: Int?
  ) -> TablePlace {
    let whole = device.place(of: name)
    guard let offset else { return whole }
    return TablePlace(
      table: whole.table, node: whole.node, property: whole.property,
      byteRange: offset..<(offset + 1))
  }
}
