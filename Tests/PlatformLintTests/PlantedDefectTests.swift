import ACPI
import Diagnostics
import GuestView
import PlatformLint
import Testing

/// One thing that is wrong with a table, as somebody might have written it, and the rule that finds it.
struct PlantedDefect: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// One of the rules that find it.
  let rule: String
  let architecture: Architecture
  let tables: @Sendable () throws -> [UInt8]

  init(
    _ name: String, _ rule: String, on architecture: Architecture = .arm64,
    _ tables: @escaping @Sendable () throws -> [UInt8]
  ) {
    testDescription = name
    self.rule = rule
    self.architecture = architecture
    self.tables = tables
  }

  // MARK: Parts

  static func device(
    _ name: NamePath = "VIO0", uid: UInt64 = 0, id: Term = .string("LNRO0005"),
    resources: [ResourceDescriptor]? = nil, base: UInt32 = 0x0a00_0000, interrupt: UInt32 = 48,
    cca: Bool = true, more: [Term] = []
  ) -> Term {
    let usual: [ResourceDescriptor] = [
      .memory32Fixed(isWritable: true, base: base, length: 0x200), line(interrupt),
    ]
    return .device(
      name,
      [.name("_HID", id), .name("_UID", .integer(uid))]
        + (cca ? [.name("_CCA", .integer(1))] : [])
        + [.name("_CRS", .resources(resources ?? usual))] + more)
  }

  static func line(_ number: UInt32, _ mode: InterruptMode = .edgeRising) -> ResourceDescriptor {
    .interrupt(ExtendedInterrupt([number], mode: mode))
  }

  static let host: [Term] = [
    .device(
      "PCI0",
      [
        .name("_HID", .eisaID("PNP0A08")), .name("_CID", .eisaID("PNP0A03")),
        .name("_UID", .integer(0)), .name("_CCA", .integer(1)),
        .name(
          "_CRS",
          .resources([
            .addressSpace(
              AddressSpaceDescriptor(.word, .busNumber, minimum: 0, length: 256)),
            .addressSpace(
              AddressSpaceDescriptor(
                .doubleWord, .memory(.nonCacheable), minimum: 0x1000_0000, length: 0x2000_0000)),
          ])),
      ])
  ]

  static let reservation: Term = .device(
    "RES0",
    [
      .name("_HID", .eisaID("PNP0C02")), .name("_UID", .integer(0)),
      .name(
        "_CRS",
        .resources([
          .addressSpace(
            AddressSpaceDescriptor(
              .quadWord, .memory(.nonCacheable), minimum: 0x40_1000_0000, length: 0x1000_0000,
              isConsumer: true))
        ])),
    ])

  static func table(
    _ terms: [Term], edit: (inout [UInt8]) -> Void = { _ in }
  ) throws -> [UInt8] {
    try table("SSDT", terms, edit: edit)
  }

  static func table(
    _ signature: String, _ terms: [Term], edit: (inout [UInt8]) -> Void = { _ in }
  ) throws -> [UInt8] {
    var bytes = try DefinitionBlock(
      TableHeader(signature, revision: 2, oemTableID: "PLANTED"), [.scope("\\_SB", terms)]
    ).bytes()
    edit(&bytes)
    return summed(bytes)
  }

  static func summed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes[9] = 0
    bytes[9] = 0 &- bytes.reduce(0, &+)
    return bytes
  }

  static func replace(_ old: [UInt8], _ new: [UInt8], in bytes: inout [UInt8]) {
    guard let range = bytes.firstRange(of: old) else { return }
    bytes.replaceSubrange(range, with: new)
    let length = UInt32(bytes.count)
    for index in 0..<4 { bytes[4 + index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
  }

  static func properties(_ pairs: [Term], uuid: UUID = .deviceProperties) -> Term {
    .name("_DSD", .package([.uuid(uuid), .package(pairs)]))
  }

  static let compatible: Term = .package([.string("compatible"), .string("virtio,mmio")])

  static func window(_ change: (inout AddressSpaceDescriptor) -> Void) -> ResourceDescriptor {
    var range = AddressSpaceDescriptor(
      .quadWord, .memory(.nonCacheable), minimum: 0x10_0000_0000, length: 0x200, isConsumer: true)
    change(&range)
    return .addressSpace(range)
  }

  static func iort(
    ids: UInt32 = 0x100, output: Int = 0, path: String = "\\_SB_.VIO0"
  ) throws -> [UInt8] {
    try IORT([
      IORTNode(.smmuV3(IORTSMMUv3(base: 0x0905_0000, firstInterrupt: 106))),
      IORTNode(
        .rootComplex(IORTRootComplex()),
        mappings: [
          IORTMapping(count: ids, output: output),
          IORTMapping(inputBase: 0x100, count: 0xff00, outputBase: 0x100, output: output),
        ]),
      IORTNode(
        .namedComponent(IORTNamedComponent(path)),
        mappings: [IORTMapping(count: 1, output: 0, isSingle: true)]),
    ]).bytes()
  }
}

extension PlantedDefect {
  /// The forty defects that other tools were tried with.
  static let all: [PlantedDefect] = [
    PlantedDefect("checksum", "acpi/checksum-wrong") {
      var bytes = try table([device()])
      bytes[9] ^= 1
      return bytes
    },
    PlantedDefect("length longer than the bytes", "acpi/table-header-malformed") {
      try table([device()]) { $0[4] &+= 4 }
    },
    PlantedDefect("length shorter than the bytes", "acpi/aml-malformed") {
      try table([device()]) { $0[4] -= 1 }
    },
    PlantedDefect("PkgLength overruns its parent", "acpi/aml-malformed") {
      try table([.scope("\\_SB", [device()])]) { bytes in
        // Of the inner Scope, which has a length of two bytes.
        let inner = bytes.indices.dropFirst(38).first { bytes[$0] == 0x10 } ?? 0
        bytes[inner + 1] += 3
      }
    },
    PlantedDefect("PkgLength too short, objects leak", "acpi/object-outside-device") {
      try table([
        .device("VIO0", [.name("_HID", .string("LNRO0005"))]), .name("_UID", .integer(0)),
        .name("_CRS", .resources([line(48)])),
      ])
    },
    PlantedDefect("reserved bits of PkgLead", "acpi/aml-malformed") {
      try table([device()]) { $0[37] |= 0x10 }
    },
    PlantedDefect("256 elements counted in a byte", "acpi/package-cut-off") {
      try table([.name("LIST", .package((0..<250).map { .integer($0) }))]) { bytes in
        replace([0xfa, 0x00, 0x01], [0x00, 0x00, 0x01], in: &bytes)
      }
    },
    PlantedDefect("name twice in one table", "acpi/name-taken") {
      try table([device(), .device("VIO0", [.name("_ADR", .integer(0))])])
    },
    PlantedDefect("name in two tables", "acpi/name-taken") {
      try table("DSDT", [device()]) + table([device(base: 0x0b00_0000, interrupt: 50)])
    },
    PlantedDefect("Scope without a target", "acpi/unresolved-name") {
      try table("DSDT", []) + table([.scope("\\_SB.BUS9", [device()])])
    },
    PlantedDefect("reference in _DSD to nothing", "acpi/dangling-name") {
      try table(
        "DSDT",
        [
          device(
            id: .string("PRP0001"),
            more: [properties([compatible, .package([.string("supply"), .path("\\_SB.NONE")])])])
        ])
    },
    PlantedDefect("bytes that are no name", "acpi/aml-malformed") {
      try table([.name("GOOD", .integer(7))]) {
        replace(Array("GOOD".utf8), Array("go-d".utf8), in: &$0)
      }
    },
    PlantedDefect("EISAID of no letters", "acpi/id-malformed") {
      try table([device(id: .integer(0x1234_0000))])
    },
    PlantedDefect("_HID in small letters", "acpi/id-malformed") {
      try table([device(id: .string("lnro0005"))])
    },
    PlantedDefect("neither _HID nor _ADR", "acpi/id-missing") {
      try table([.device("DEV0", [.name("_STA", .integer(15))])])
    },
    PlantedDefect("same _HID and _UID", "acpi/uid-shared") {
      try table([device(), device("VIO1", base: 0x0a00_0200, interrupt: 49)])
    },
    PlantedDefect("no _UID among equals", "acpi/uid-shared") {
      func bare(_ name: NamePath, _ base: UInt32, _ interrupt: UInt32) -> Term {
        .device(
          name,
          [
            .name("_HID", .string("LNRO0005")), .name("_CCA", .integer(1)),
            .name(
              "_CRS",
              .resources([
                .memory32Fixed(isWritable: true, base: base, length: 0x200), line(interrupt),
              ])),
          ])
      }
      return try table([bare("VIO0", 0x0a00_0000, 48), bare("VIO1", 0x0a00_0200, 49)])
    },
    PlantedDefect("PRP0001 without compatible", "acpi/prp0001-without-compatible") {
      try table([device(id: .string("PRP0001"))])
    },
    PlantedDefect("UUID of _DSD in the wrong order", "acpi/properties-malformed") {
      try table([
        device(
          id: .string("PRP0001"),
          more: [properties([compatible], uuid: "14d8ffda-ba6e-8c4d-8a91-bc9bbf4aa301")])
      ])
    },
    PlantedDefect("one malformed property", "acpi/properties-malformed") {
      try table([
        device(
          id: .string("PRP0001"), more: [properties([compatible, .package([.string("bad")])])])
      ])
    },
    PlantedDefect("_CRS without an end tag", "acpi/crs-malformed") {
      try table([device()]) { replace([0x79, 0x00], [0x22, 0x00], in: &$0) }
    },
    PlantedDefect("end tag with a wrong checksum", "acpi/crs-malformed") {
      try table([device()]) { replace([0x79, 0x00], [0x79, 0x42], in: &$0) }
    },
    PlantedDefect("Register with length 0x12", "acpi/crs-malformed") {
      try table([
        device(resources: [
          .memory32Fixed(isWritable: true, base: 0x0a00_0000, length: 0x200), line(48),
          .register(GenericRegister(.systemMemory, bitWidth: 32, address: 0x0901_0000)),
        ])
      ]) { replace([0x82, 0x0c, 0x00], [0x82, 0x12, 0x00], in: &$0) }
    },
    PlantedDefect("minimum above maximum", "acpi/range-reversed") {
      try table([device(resources: [window { $0.maximum = $0.minimum - 1 }, line(48)])])
    },
    PlantedDefect("length not that of the range", "acpi/range-length-differs") {
      try table([device(resources: [window { $0.length = 0x100 }, line(48)])])
    },
    PlantedDefect("WordIO of 64 KiB", "acpi/range-length-differs") {
      var ports = AddressSpaceDescriptor(.word, .io(.entireRange), minimum: 0, length: 0)
      ports.maximum = 0xffff
      let range = ports
      return try table([
        device(resources: [
          .memory32Fixed(isWritable: true, base: 0x0a00_0000, length: 0x200), line(48),
          .addressSpace(range),
        ])
      ])
    },
    PlantedDefect("windows overlap", "acpi/window-claimed-twice") {
      try table([device(), device("VIO1", uid: 1, base: 0x0a00_0100, interrupt: 49)])
    },
    PlantedDefect("exclusive interrupt used twice", "acpi/gsi-shared") {
      try table([device(), device("VIO1", uid: 1, base: 0x0a00_0200)])
    },
    PlantedDefect("_CCA missing on arm64", "acpi/cca-missing") { try table([device(cca: false)]) },
    PlantedDefect("ECAM inside the host's _CRS", "acpi/window-claimed-twice") {
      try table(host) + MCFG([.init(base: 0x2000_0000)]).bytes()
    },
    PlantedDefect("host without buses", "acpi/host-without-buses") {
      try table([
        .device(
          "PCI0",
          [
            .name("_HID", .eisaID("PNP0A08")), .name("_CID", .eisaID("PNP0A03")),
            .name("_UID", .integer(0)), .name("_CCA", .integer(1)),
          ])
      ])
    },
    PlantedDefect("_PRT of pin 4", "acpi/routing-invalid") {
      try table(
        host + [
          .scope(
            "\\_SB.PCI0",
            [
              .name(
                "_PRT",
                .package([
                  .package([.integer(0xffff), .integer(4), .integer(0), .integer(40)])
                ]))
            ])
        ])
    },
    PlantedDefect("_STA with an argument", "acpi/argument-count") {
      try table([
        device(more: [.method(Method("_STA", argumentCount: 1, body: [.return(.integer(15))]))])
      ])
    },
    PlantedDefect("field behind its region", "acpi/field-past-region") {
      try table([
        .operationRegion(
          OperationRegion("REGS", .systemMemory, offset: .integer(0x1000), length: .integer(2))),
        .field(Field(.region("REGS"), access: .doubleWord, [.named("CTRL", bits: 32)])),
      ])
    },
    PlantedDefect("NUL within a string", "acpi/aml-malformed") {
      try table([.name("NAME", .string("abcdef"))]) {
        replace(Array("abcdef".utf8), Array("ab".utf8) + [0] + Array("def".utf8), in: &$0)
      }
    },
    PlantedDefect("64 bits in a table of revision 1", "acpi/integer-cut-off") {
      try table("DSDT", [.name("BASE", .integer(0x80_0000_0000))]) { $0[8] = 1 }
    },
    PlantedDefect("IORT with the number of ids", "acpi/iort-ids-overlap") {
      try table([device()] + host) + MCFG([.init(base: 0x40_1000_0000)]).bytes() + iort(ids: 0x101)
    },
    PlantedDefect("VIOT with an output that is no node", "acpi/table-malformed") {
      var viot = try VIOT([
        .mmioIOMMU(base: 0x0a00_0200), .mmioEndpoint(id: 0, base: 0x0a00_0000, output: 0),
      ]).bytes()
      viot[80] = 0x32
      return try table([device(), device("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49)])
        + summed(viot)
    },
    PlantedDefect("DBG2 without the whole path", "acpi/console-missing") {
      try table("DSDT", [device("COM0", id: .string("ARMH0011"))])
        + DBG2([.init(subtype: 3, registers: [], path: "COM0")]).bytes()
    },
    PlantedDefect("PowerResource with its bytes swapped", "acpi/aml-malformed") {
      try table([.powerResource(PowerResource("PWR0", systemLevel: 0, resourceOrder: 0, body: []))])
      {
        replace([0x5b, 0x84], [0x84, 0x5b], in: &$0)
      }
    },
    PlantedDefect("window of length 0", "acpi/window-unusable") {
      try table([
        device(resources: [
          .memory32Fixed(isWritable: true, base: 0x0a00_0000, length: 0), line(48),
        ])
      ])
    },
  ]
}

@Suite("Defects planted in tables")
struct PlantedDefectTests {
  @Test("all are found", arguments: PlantedDefect.all)
  func found(_ defect: PlantedDefect) throws {
    let file = try TableFile(try defect.tables())
    let view = TablesView(
      TableSet([TableSet.Member(file, name: "planted.aml")]),
      architecture: ArchitectureOfTables(askedFor: defect.architecture))
    let findings = Linter().lint(view).findings
    #expect(findings.contains { $0.rule == defect.rule }, "\(findings.map(\.line))")
  }

  @Test("what they were planted in has none")
  func clean() throws {
    let bytes =
      try PlantedDefect.table(
        "DSDT", [PlantedDefect.device(), PlantedDefect.reservation] + PlantedDefect.host)
      + MCFG([.init(base: 0x40_1000_0000)]).bytes() + PlantedDefect.iort()
    let view = TablesView(TableSet([TableSet.Member(try TableFile(bytes), name: "clean.aml")]))
    #expect(Linter().lint(view).findings.map(\.line) == [])
  }
}
