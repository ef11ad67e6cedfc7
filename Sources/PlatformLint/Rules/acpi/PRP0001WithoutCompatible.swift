import ACPI
import Diagnostics
import GuestView

/// A device of the id PRP0001 is found by the property `compatible` of its `_DSD`.
enum PRP0001WithoutCompatible: TableRule {
  static let id = "acpi/prp0001-without-compatible"
  static let severity = Severity.error
  static let summary = "a device of the id PRP0001 has no property compatible that Linux takes"
  static let rationale = """
    PRP0001 is the id of nothing: it says that drivers are to be looked for as in a device tree, by the \
    property compatible in a _DSD. Without a _DSD, with its UUID misspelt, or with one malformed pair beside \
    it, Linux has no such property, and makes no device.
    """
  static let consequence = "Linux makes no device of it, and no driver is looked for"
  static let logLine: String? = "ACPI: <node>: PRP0001 requires 'compatible' property"
  static let help = """
    add a _DSD of the UUID daffd814-6eba-4d8c-8a91-bc9bbf4aa301 with the pair "compatible", "vendor,device"
    """
  static let exceptions = """
    A device below one that has the property is a part of that one, and needs none.
    """
  static let sources = [
    Source.linux("drivers/acpi/property.c", "acpi_init_of_compatible", "acpi_extract_properties"),
    .linux("drivers/acpi/scan.c", "acpi_generic_device_attach"),
    .observed("PRP0001 without the property, and with a malformed pair beside it"),
  ]
  static let silencedBy: [any Rule.Type] = [PropertiesMalformed.self]
  static let goodTables = [
    TableExample([
      TableExamples.byCompatible(
        TableExamples.properties((name: "compatible", value: .string("virtio,mmio"))))
    ])
  ]
  static let badTables = [
    TableExample(at: ["\\_SB.VIO0"], [TableExamples.byCompatible(nil)]),
    TableExample(
      at: ["\\_SB.VIO0: _DSD"],
      [
        TableExamples.byCompatible(
          TableExamples.properties((name: "compatibel", value: .string("virtio,mmio"))))
      ]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for device in view.devices where device.isByCompatible && device.compatible == nil {
      if device.properties.problem != nil || isPart(device, of: view) { continue }
      let names = device.properties.value?.properties.map(\.name) ?? []
      let stated = names.contains("compatible")
      report(
        stated
          ? "its property compatible is neither a string nor a package of strings"
          : "the id is PRP0001, and there is no property compatible", at: device.place(of: "_DSD"),
        found: device.properties.value == nil
          ? "no _DSD"
          : names.isEmpty ? "no property" : names.prefix(4).joined(separator: ", "),
        expected: "compatible")
    }
  }

  /// Whether an ancestor has the property, and the device belongs to it.
  private static func isPart(_ device: TableDevice, of view: TablesView) -> Bool {
    var path = device.path[...]
    while let dot = path.lastIndex(of: ".") {
      path = path[..<dot]
      if view.device(at: String(path))?.compatible != nil { return true }
    }
    return false
  }
}
