import ACPI

/// Tables with terms of every kind.
enum SampleTerms {
  static let objects = DefinitionBlock.ssdt(
    "OBJECTS",
    externals: [
      External("\\_SB.PCI0", .device), External("\\_SB.PCI0.CALL", .method, argumentCount: 2),
      External("\\NUMB", .integer),
    ],
    [
      .scope(
        "\\_SB.PCI0",
        [
          .name("VAL0", .integer(0)), .name("VAL1", .integer(1)),
          .name("VAL2", .integer(0xff)), .name("VAL3", .integer(0x100)),
          .name("VAL4", .integer(0xffff_ffff)), .name("VAL5", .integer(0x1_0000_0000)),
          .name("VAL6", .integer(.max)),
          .name("STR0", .string("a \"quoted\" \\ one\twith\u{7f}")), .name("STR1", .string("")),
          .name("BUF0", .bytes([])), .name("BUF1", .bytes([5])),
          .name("BUF2", .bytes(Array(0...200))),
          .name("BUF3", .buffer(size: .integer(0x100), bytes: [1, 2])),
          .name("PKG0", .package([])),
          .name("PKG1", .package([.integer(1), .string("two"), .path("VAL1")], count: 5)),
          .name("PKG2", .package((0..<300).map { .integer($0) })),
          .name("PKG3", .package([.package([.package([.integer(7)])]), .bytes([1])])),
          .alias("VAL0", "ALI0"),
          .mutex("MUT0", syncLevel: 3), .event("EVE0"),
        ]),
      .device(
        "\\_SB.PCI0.DEV0",
        [
          .name("_HID", .eisaID("PNP0A08")), .name("_CID", .package([.eisaID("PNP0000")])),
          .name("_UID", .integer(0)),
          .deviceProperties(
            [("compatible", .string("a,b")), ("reg", .package([.integer(1), .integer(2)]))],
            subnodes: [("child@0", "CHLD")]),
          .name("CHLD", .package([.uuid(.deviceProperties), .package([])])),
          .operationRegion(
            OperationRegion(
              "REG0", .systemMemory, offset: .integer(0xfeb0_0000), length: .integer(0x1000))),
          .operationRegion(
            OperationRegion("REG1", .pciConfig, offset: .integer(0), length: .integer(0x100))),
          .operationRegion(
            OperationRegion(
              "REG2", OperationRegion.Space(rawValue: 0x81), offset: .integer(0),
              length: .integer(1))),
          .field(
            Field(
              .region("REG0"), access: .doubleWord,
              [
                .named("FLD0", bits: 8), .reserved(bits: 24), .named("FLD1", bits: 62),
                .reserved(bits: 2), .named("FLD2", bits: 64),
                .access(type: 1, attribute: 0, length: nil), .named("FLD3", bits: 4093),
                .reserved(bits: 4096), .named("FLD4", bits: 1),
              ])),
          .field(
            Field(
              .region("REG1"), access: .byte, isLocked: true, updateRule: .writeAsOnes,
              [.named("IDX0", bits: 8), .named("DAT0", bits: 8)])),
          .field(
            Field(
              .index("IDX0", data: "DAT0"), access: .byte, updateRule: .writeAsZeros,
              [.reserved(bits: 16), .named("INX0", bits: 8)])),
          .field(
            Field(
              .bank("REG0", register: "FLD0", value: .integer(3)), access: .any,
              [.named("BNK0", bits: 8)])),
          .operation(
            .dataTableRegion,
            [.path("TBL0"), .string("SSDT"), .string("DTGEN"), .string("OBJECTS")]),
          .method(Method("MTH0", body: [])),
          .method(
            Method(
              "MTH1", argumentCount: 2, isSerialized: true, syncLevel: 4,
              body: [.return(.call("^^CALL", [.argument(0), .argument(1)]))])),
        ]),
      .powerResource(
        PowerResource(
          "\\_SB.PWR0", systemLevel: 2, resourceOrder: 0x1234,
          body: [.method(Method("_STA", body: [.return(.integer(1))]))])),
      .processor(Processor("\\_PR.CPU0", id: 1, blockAddress: 0x120, blockLength: 6)),
      .thermalZone("\\_TZ.TZN0", [.name("_TZP", .integer(10))]),
    ])

  static let statements = DefinitionBlock.ssdt(
    "STATEMNT",
    [
      .name("PKG0", .package([.integer(1), .integer(2)])),
      .name("BUF0", .bytes([UInt8](repeating: 1, count: 64))), .name("INT0", .integer(4)),
      .mutex("MUT0"), .event("EVE0"),
      .device("\\_SB.DEV0", []),
      .method(Method("TWO0", argumentCount: 2, body: [.return(.argument(1))])),
      .method(
        Method(
          "MAIN", argumentCount: 7, isSerialized: true,
          body: arithmetic + conversions + control + synchronisation)),
    ])

  private static let (a, b, c): (Term, Term, Term) = (.argument(0), .argument(1), .local(0))

  private static let arithmetic: [Term] =
    [
      Opcode.add, .subtract, .multiply, .shiftLeft, .shiftRight, .and, .nand, .or, .nor, .xor,
      .mod, .concatenate, .concatenateResTemplate, .index, .toString,
    ].map { .store(.operation($0, [a, b]), into: c) }
    + [
      .operation(.add, [a, .integer(5), c]), .operation(.divide, [a, b, .local(1), .local(2)]),
      .operation(.divide, [a, b, .nothing, .local(2)]), .operation(.increment, [c]),
      .operation(.decrement, [c]), .operation(.not, [a, c]),
      .operation(.findSetLeftBit, [a, c]), .operation(.findSetRightBit, [a, c]),
    ]

  private static let conversions: [Term] =
    [
      Opcode.toBuffer, .toDecimalString, .toHexString, .toInteger, .fromBCD, .toBCD,
    ].map { .operation($0, [a, c]) }
    + [
      .operation(.mid, [a, b, .integer(2), c]), .operation(.copyObject, [a, c]),
      .store(.operation(.refOf, [.path("INT0")]), into: c),
      .store(.operation(.derefOf, [.operation(.index, [.path("PKG0"), .integer(0)])]), into: c),
      .operation(.condRefOf, [.path("INT0"), c]),
      .store(.operation(.sizeOf, [.path("BUF0")]), into: c),
      .store(.operation(.objectType, [.path("BUF0")]), into: c),
      .store(
        .operation(
          .match,
          [.path("PKG0"), .integer(1), a, .integer(5), .integer(0), .integer(0)]), into: c),
      .operation(.createDWordField, [.path("BUF0"), .integer(0), .path("DWF0")]),
      .operation(.createWordField, [.path("BUF0"), .integer(4), .path("WRF0")]),
      .operation(.createByteField, [.path("BUF0"), .integer(6), .path("BYF0")]),
      .operation(.createBitField, [.path("BUF0"), .integer(57), .path("BIF0")]),
      .operation(.createQWordField, [.path("BUF0"), .integer(8), .path("QWF0")]),
      .operation(.createField, [.path("BUF0"), .integer(128), .integer(3), .path("FLF0")]),
      .store(.variablePackage(count: a, [.integer(1)]), into: c),
      .store(.buffer(size: a, bytes: [1, 2, 3]), into: c),
    ]

  private static let control: [Term] = [
    .if(.equal(a, .integer(1)), [.return(.integer(0))], else: nil),
    .if(
      .operation(.logicalAnd, [a, .operation(.logicalOr, [b, c])]), [.operation(.noOp, [])],
      else: [.if(.not(.operation(.logicalLess, [a, b])), [], else: [.return(.string("x"))])]),
    .while(
      .operation(.logicalGreater, [a, b]),
      [.if(c, [.operation(.break, [])], else: nil), .operation(.continue, [])]),
    .operation(.breakPoint, []), .store(.operation(.revision, []), into: c),
    .store(.operation(.timer, []), into: .operation(.debug, [])),
    .operation(.fatal, [.integer(1), .integer(0x1234_5678), a]),
    .store(.call("TWO0", [a, .call("TWO0", [b, c])]), into: c),
    .notify("\\_SB.DEV0", .integer(0x80)),
    .store(
      .operation(
        .loadTable,
        [
          .string("SSDT"), .string("DTGEN"), .string("X"), .string("\\"), .string(""),
          .integer(0),
        ]), into: c),
  ]

  private static let synchronisation: [Term] = [
    .acquire("MUT0"), .release("MUT0"), .operation(.signal, [.path("EVE0")]),
    .operation(.wait, [.path("EVE0"), .integer(5)]), .operation(.reset, [.path("EVE0")]),
    .operation(.stall, [.integer(10)]), .operation(.sleep, [.integer(10)]),
    .return(.integer(.max)),
  ]
}
