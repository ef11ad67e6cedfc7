import ACPI
import Diagnostics
import GuestView

/// A fixed range is as long as it says.
enum RangeLengthDiffers: TableRule {
  static let id = "acpi/range-length-differs"
  static let severity = Severity.error
  static let summary = "a range of _CRS has another length than from its minimum to its maximum"
  static let rationale = """
    Where both ends are fixed, the length is the maximum less the minimum, and one. A length of 0 disables the \
    range, whatever its ends say: WordIO has no number for all 64 KiB of ports, and a generator that writes it \
    writes 0.
    """
  static let consequence = "Linux disables a range of length 0, and takes another by its ends"
  static let logExample: String? = "virtio-mmio LNRO0005:00: error -EINVAL: invalid resource (null)"
  static let help = "write the length, and DWordIO for all 64 KiB of ports"
  static let exceptions = """
    Where the length is another than 0 the finding is a warning: Linux goes by the ends. A range of 0 whose ends \
    are 0 as well is one that somebody left out, and a note.
    """
  static let sources = [
    Source.acpi("6.4.3.5"),
    .linux("drivers/acpi/resource.c", "acpi_dev_resource_len_valid", "acpi_decode_space"),
  ]
  static let alsoKnownAs = ["iasl: 6043"]
  private static func ports(_ length: UInt64) -> AddressSpaceDescriptor {
    var range = AddressSpaceDescriptor(.word, .io(.entireRange), minimum: 0, length: 0)
    range.maximum = 0xffff
    range.length = length
    return range
  }
  private static let short: AddressSpaceDescriptor = {
    var range = AddressSpaceDescriptor(
      .doubleWord, .memory(.nonCacheable), minimum: 0x1000_0000, length: 0x1000_0000)
    range.length = 0x0800_0000
    return range
  }()
  static let goodTables = [
    TableExample([TableExamples.pciHost()], with: [TableExamples.mcfg()])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.PCI0: _CRS[2]"],
      [
        TableExamples.pciHost(resources: [
          TableExamples.buses(0...255), TableExamples.pciWindow(), .addressSpace(ports(0)),
        ])
      ], with: [TableExamples.mcfg()]),
    TableExample(
      at: ["\\_SB.PCI0: _CRS[1]"],
      [TableExamples.pciHost(resources: [TableExamples.buses(0...255), .addressSpace(short)])],
      with: [TableExamples.mcfg()]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices {
      for (index, entry) in (device.resources.value?.entries ?? []).enumerated() {
        guard case .addressSpace(let range) = entry.descriptor, range.minimum <= range.maximum
        else { continue }
        let place = device.place(of: "_CRS", index, byteRange: entry.byteRange)
        if range.length == 0 {
          let isLeftOut = range.minimum == 0 && range.maximum == 0
          report(
            isLeftOut ? "the range is empty" : "the length is 0, which disables the range",
            at: place,
            found: "\(ByteText.hex(range.minimum)) to \(ByteText.hex(range.maximum)), length 0",
            severity: isLeftOut ? .note : nil)
        } else if range.isMinimumFixed, range.isMaximumFixed,
          range.length != range.maximum &- range.minimum &+ 1
        {
          report(
            "the length is not that from the minimum to the maximum", at: place,
            found: ByteText.hex(range.length),
            expected: ByteText.hex(range.maximum &- range.minimum &+ 1), severity: .warning)
        }
      }
    }
  }
}
