import ACPI
import Diagnostics
import GuestView

/// The console of SPCR and the ports of DBG2 are devices of the namespace.
enum ConsoleMissing: TableRule {
  static let id = "acpi/console-missing"
  static let severity = Severity.warning
  static let summary = "SPCR or DBG2 names a port that is no device of the namespace"
  static let rationale = """
    DBG2 gives the path of a port from the root, \\_SB.COM0, or a dot for none. The registers that SPCR gives are \
    those of a device, whose driver is how the console goes on when the kernel is up.
    """
  static let consequence = """
    a debugger finds no device for the port; of SPCR, the early console works and the console may fall silent
    """
  static let help = "write the whole path, and the address that the device's _CRS has"
  static let exceptions = """
    Registers at I/O ports are not looked for. Without a DSDT nobody can tell which devices there are.
    """
  static let sources = [
    Source.linux("drivers/acpi/spcr.c", "acpi_parse_spcr"),
    .program("fwts", "src/acpi/dbg2"),
    .program("QEMU 10.0", "hw/arm/virt-acpi-build.c, build_dbg2"),
  ]
  static let alsoKnownAs = ["fwts: DBG2DeviceNotFound"]
  private static func tables(_ path: String) -> [[UInt8]] {
    [
      TableExample.written { () throws(ACPIError) in
        try DefinitionBlock(
          TableHeader("DSDT", revision: 2, oemTableID: "EXAMPLE"),
          [
            .scope(
              "\\_SB",
              [
                .device(
                  "COM0",
                  [
                    .name("_HID", .string("ARMH0011")), .name("_UID", .integer(0)),
                    .name(
                      "_CRS",
                      .resources([
                        TableExamples.window(0x0900_0000, length: 0x1000),
                        TableExamples.line(33, .levelHigh),
                      ])),
                  ])
              ])
          ]
        ).bytes()
      },
      TableExample.written { () throws(ACPIError) in
        try DBG2([
          .init(
            subtype: 3,
            registers: [
              .init(
                GenericRegister(.systemMemory, bitWidth: 32, address: 0x0900_0000), length: 0x1000)
            ], path: path)
        ]).bytes()
      },
    ]
  }
  static let goodTables = [TableExample(tables: tables("\\_SB.COM0"))]
  static let badTables = [TableExample(at: ["DBG2: port[0]"], tables: tables("COM0"))]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard !view.set.tables(named: "DSDT").isEmpty else { return }
    if let dbg2 = view.dbg2, let ports = dbg2.content?.ports {
      let start = view.place(ofTable: dbg2.number)
      for (index, port) in ports.enumerated() where port.path != "." {
        guard view.device(spelt: port.path) == nil else { continue }
        report(
          "there is no device of this path",
          at: TablePlace(
            table: dbg2.number, node: "DBG2", element: "port[\(index)]",
            byteRange: start.byteRange),
          found: "\"\(port.path)\"", expected: "a path from the root, as \\_SB.COM0")
      }
    }
    guard let spcr = view.spcr, let console = spcr.content,
      console.register.space == .systemMemory, console.register.address != 0
    else { return }
    let address = console.register.address
    let isKnown = view.devices.contains { device in
      device.hasUnknownResources
        || device.memory.contains { window in
          window.range.map { $0.first <= address && address <= $0.last } ?? false
        }
    }
    if !isKnown {
      report(
        "no device has the registers of the console", at: view.place(ofTable: spcr.number),
        found: ByteText.hex(address))
    }
  }
}

extension TableDevice {
  /// Whether its resources have to be computed.
  fileprivate var hasUnknownResources: Bool { resources.problem?.code == .notStatic }
}
