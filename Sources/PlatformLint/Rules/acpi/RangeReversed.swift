import ACPI
import Diagnostics
import GuestView

/// A range begins before it ends.
enum RangeReversed: TableRule {
  static let id = "acpi/range-reversed"
  static let severity = Severity.error
  static let summary = "a range of _CRS ends before it begins, or past the addresses that there are"
  static let rationale = """
    Linux takes a range from its minimum to its maximum, and one whose minimum is the larger it disables. A \
    Memory32 whose base and length pass 4 GiB is cut off: what lies there needs a QWordMemory.
    """
  static let consequence =
    "Linux disables the resource, and the driver of a device that needs it fails"
  static let logExample: String? = "virtio-mmio LNRO0005:00: error -EINVAL: invalid resource (null)"
  static let help = "write the last address, not the one behind it, and QWordMemory above 4 GiB"
  static let sources = [
    Source.linux("drivers/acpi/resource.c", "acpi_decode_space", "acpi_dev_resource_len_valid"),
    .acpi("6.4.3.5"), .program("QEMU 10.0", "tests/data/acpi/x86/q35/DSDT.acpihmat-generic-x"),
  ]
  static let alsoKnownAs = ["iasl: 6051"]
  private static let reversed: AddressSpaceDescriptor = {
    var window = AddressSpaceDescriptor(
      .doubleWord, .memory(.nonCacheable), minimum: 0xc000_0000, length: 0xd000_0000)
    window.maximum = 0x8fff_ffff
    return window
  }()
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB.PCI0: _CRS[1]"],
      [TableExamples.pciHost(resources: [TableExamples.buses(0...255), .addressSpace(reversed)])],
      with: [TableExamples.mcfg()]),
    TableExample(
      at: ["\\_SB.VIO0: _CRS[0]"],
      [
        TableExamples.virtio(resources: [
          TableExamples.window(0xffff_ff00), TableExamples.line(48),
        ])
      ]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices {
      for (index, entry) in (device.resources.value?.entries ?? []).enumerated() {
        guard let (text, found) = fault(of: entry.descriptor) else { continue }
        report(
          text, at: device.place(of: "_CRS", index, byteRange: entry.byteRange), found: found)
      }
    }
  }

  private static func fault(of descriptor: ResourceDescriptor) -> (String, String)? {
    switch descriptor {
    case .addressSpace(let range) where range.length > 0 && range.minimum > range.maximum:
      return (
        "the minimum is larger than the maximum",
        "\(ByteText.hex(range.minimum)) to \(ByteText.hex(range.maximum))"
      )
    case .memory32Fixed(_, let base, let length)
    where UInt64(base) + UInt64(length) > 1 << 32:
      return (
        "the range passes 4 GiB, which a descriptor of 32 bits can't name",
        "\(ByteText.hexAndSize(length)) at \(ByteText.hex(base))"
      )
    case .memory32(let range)
    where UInt64(range.minimum) + UInt64(range.length) > 1 << 32:
      return (
        "the range passes 4 GiB, which a descriptor of 32 bits can't name",
        "\(ByteText.hexAndSize(range.length)) at \(ByteText.hex(range.minimum))"
      )
    case .memory32(let range) where range.minimum > range.maximum:
      return (
        "the minimum is larger than the maximum",
        "\(ByteText.hex(range.minimum)) to \(ByteText.hex(range.maximum))"
      )
    case .io(let range) where range.minimum > range.maximum:
      return (
        "the minimum is larger than the maximum",
        "\(ByteText.hex(range.minimum)) to \(ByteText.hex(range.maximum))"
      )
    default: return nil
    }
  }
}
