import ACPI
import Diagnostics
import GuestView

/// A `_DSD` is pairs of a UUID and a package of pairs, and one that isn't takes the others with it.
enum PropertiesMalformed: TableRule {
  static let id = "acpi/properties-malformed"
  static let severity = Severity.error
  static let summary = "a _DSD is not what Linux reads, which then takes none of its properties"
  static let rationale = """
    A _DSD is a package of pairs: a UUID in a buffer of 16 bytes, and a package. Behind the UUID of device \
    properties every element is a package of a name and a value: an integer, a string, a reference, or a \
    package of those. Linux looks at all of them first, and where one is something else it takes none. A package that \
    claims more elements than it has is filled up with objects of no type, which are something else.
    """
  static let consequence = "all properties behind the UUID are gone, compatible among them"
  static let logExample: String? =
    "ACPI: \\_SB_.D000: PRP0001 requires 'compatible' property"
  static let help = """
    write the UUID daffd814-6eba-4d8c-8a91-bc9bbf4aa301, and behind it a package whose elements are all packages of a name \
    and a value
    """
  static let exceptions = "UUIDs that Linux doesn't know may stand before packages of any shape."
  static let sources = [
    Source.linux(
      "drivers/acpi/property.c", "acpi_extract_properties", "acpi_properties_format_valid"),
    .acpi("6.2.5"),
    .observed("a package of one element beside compatible: the device is not made"),
  ]
  private static let pair: Term = .package([.string("compatible"), .string("virtio,mmio")])
  static let goodTables = [
    TableExample([
      TableExamples.byCompatible(
        TableExamples.properties(
          (name: "compatible", value: .string("virtio,mmio")),
          (name: "reg-io-width", value: .integer(4))))
    ])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _DSD"],
      [
        TableExamples.byCompatible(
          .name(
            "_DSD",
            .package([
              .uuid(.deviceProperties), .package([pair, .package([.string("dma-coherent")])]),
            ])))
      ]),
    TableExample(
      at: ["\\_SB.VIO0: _DSD"],
      [
        TableExamples.byCompatible(
          .name(
            "_DSD", .package([.uuid(.deviceProperties), .package([pair], count: 3)])))
      ]),
    TableExample(
      at: ["\\_SB.VIO0: _DSD"],
      [
        TableExamples.byCompatible(
          .name(
            "_DSD",
            .package([
              .uuid(.deviceProperties),
              .package([
                .package([.string("compatible"), .package([.string("virtio,mmio")], count: 2)])
              ]),
            ])))
      ]),
    TableExample(
      at: ["\\_SB.VIO0: _DSD"],
      [
        TableExamples.byCompatible(
          .name(
            "_DSD",
            .package([
              .string("daffd814-6eba-4d8c-8a91-bc9bbf4aa301"), .package([pair]),
            ])))
      ]),
    TableExample(
      at: ["\\_SB.VIO0: _DSD"],
      [
        TableExamples.byCompatible(
          .name(
            "_DSD", .package([.uuid("14d8ffda-ba6e-8c4d-8a91-bc9bbf4aa301"), .package([pair])])))
      ]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices {
      if let problem = device.properties.problem {
        // What a method returns, nobody can tell here.
        guard problem.code == .badValue else { continue }
        report("its _DSD is \(problem.message)", at: device.place(of: "_DSD"))
        continue
      }
      guard let properties = device.properties.value else { continue }
      for problem in properties.problems {
        report(
          problem.message, at: place(device, problem.byteOffset),
          expected: "a UUID in a buffer and a package of pairs of a name and a value")
      }
      for section in properties.sections {
        if section.uuid == .deviceProperties {
          for entry in section.entries where !entry.hasPropertyValue {
            report(
              "the value of '\(entry.name)' is no integer, string, reference, or package of those",
              at: place(device, entry.byteOffset),
              found: entry.value.missingElements > 0
                ? "a package that claims \(entry.value.claimedCount ?? 0) elements, and has "
                  + "\(entry.value.elements?.count ?? 0)" : entry.value.kind)
          }
        } else if let right = misspelt(section.uuid), section.entries.isEmpty {
          report(
            "the UUID is that of nothing, and device properties follow it",
            at: place(device, section.data.byteOffset), found: "\(section.uuid)",
            expected: "\(right)")
        }
      }
    }
  }

  private static func place(_ device: TableDevice, _ offset: Int?) -> TablePlace {
    let whole = device.place(of: "_DSD")
    guard let offset else { return whole }
    return TablePlace(
      table: whole.table, node: whole.node, property: "_DSD", byteRange: offset..<(offset + 1))
  }

  /// The UUID that was meant: its fields in the other order of bytes, or with few digits wrong.
  private static func misspelt(_ uuid: UUID) -> UUID? {
    let known: [UUID] = [.deviceProperties, .hierarchicalData, .bufferProperties]
    if known.contains(uuid) { return nil }
    let bytes = uuid.bytes
    return known.first { right in
      let wanted = right.bytes
      // The last eight bytes are in one order in any spelling.
      let tail = zip(bytes[8...], wanted[8...]).count { $0 != $1 }
      let head = zip(bytes[..<8], wanted[..<8]).count { $0 != $1 }
      return tail == 0 || tail + head <= 2
    }
  }
}
