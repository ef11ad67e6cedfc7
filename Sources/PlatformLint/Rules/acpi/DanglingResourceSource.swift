import ACPI
import Diagnostics
import GuestView

/// What provides a resource is there.
enum DanglingResourceSource: TableRule {
  static let id = "acpi/dangling-resource-source"
  static let severity = Severity.error
  static let summary = "a resource comes from a device that no table declares"
  static let rationale = """
    An interrupt, a GPIO line or a connection of a serial bus may come from another device, its ResourceSource, which the \
    descriptor names as text. Nothing checks that text before the driver asks: Linux looks for it from the root of the \
    namespace on.
    """
  static let consequence =
    "the driver gets no such resource, and fails or waits forever for whoever provides it"
  static let help = "write the whole path of the device that provides it, \\_SB.GPO0"
  static let exceptions = """
    Without a DSDT nobody can tell which devices there are. A name by itself, which ACPI looks for upwards, is found \
    that way here too.
    """
  static let sources = [
    Source.linux("drivers/acpi/irq.c", "acpi_get_irq_source_fwhandle"),
    .linux("drivers/gpio/gpiolib-acpi.c", "acpi_get_gpiod"), .acpi("6.4.3.5"),
  ]
  private static func tables(_ source: String) -> [[UInt8]] {
    let line = ResourceDescriptor.interrupt(
      ExtendedInterrupt([0], mode: .edgeRising, source: ResourceSource(source)))
    return [
      ParityExamples.dsdt([
        .device("GPO0", [.name("_HID", .string("ABCD0001")), .name("_UID", .integer(0))]),
        .device(
          "KEY0",
          [
            .name("_HID", .string("ABCD0002")), .name("_UID", .integer(0)),
            .name("_CRS", .resources([line])),
          ]),
      ])
    ]
  }
  static let goodTables = [TableExample(tables: tables("\\_SB.GPO0"))]
  static let badTables = [
    TableExample(at: ["\\_SB.KEY0: _CRS[0]"], tables: tables("\\_SB.GPO1"))
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard !view.set.tables(named: "DSDT").isEmpty else { return }
    for device in view.devices where device.isPresent {
      for (index, entry) in (device.resources.value?.entries ?? []).enumerated() {
        guard let source = source(of: entry.descriptor), !source.path.isEmpty,
          !isThere(source.path, from: device, in: view)
        else { continue }
        report(
          "there is no device of this path",
          at: device.place(
            of: "_CRS", index, byteRange: entry.byteRange), found: "\"\(source.path)\"")
      }
    }
  }

  private static func source(of descriptor: ResourceDescriptor) -> ResourceSource? {
    switch descriptor {
    case .interrupt(let interrupt): interrupt.source
    case .gpio(let connection): connection.source
    case .serialBus(let connection): connection.source
    case .pins(let pins): pins.source
    case .clockInput(let input): input.source
    // What a bridge of addresses names there, no system looks at.
    default: nil
    }
  }

  private static func isThere(
    _ text: String, from device: TableDevice, in view: TablesView
  ) -> Bool {
    // What can't be looked up is no path, but who wrote it may mean one that another table explains.
    guard let path = try? NamePath(text) else { return false }
    if path.isAbsolute {
      return view.namespace.object(at: path.description).map(exists) ?? false
    }
    var scope: Namespace.Object? = device.object
    while let object = scope {
      let start = object.path == "\\" ? "\\" : object.path + "."
      if let found = view.namespace.object(at: start + path.description), exists(found) {
        return true
      }
      scope = object.parent
    }
    return false
  }

  private static func exists(_ object: Namespace.Object) -> Bool {
    object.isDeclared || object.isExternal || object.isPredefined
  }
}
