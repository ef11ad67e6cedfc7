import ACPI

extension TableBoots {
  private static let device = "PRP0001:00"
  /// What the driver says of a window that it doesn't have.
  private static let invalid = "virtio-mmio PRP0001:00: error -EINVAL: invalid resource (null)"

  /// Mistakes that only AML can have, one in the table of a disk that works without it.
  static let inAML = [
    bad(
      "id-too-short", of: "acpi/id-malformed", .terms(disk(id: "PRP001")), .absent(device)),
    bad("no-id", of: "acpi/id-missing", .terms(disk(id: nil)), .absent(device)),
    bad(
      "resources-of-no-descriptor", of: "acpi/crs-malformed",
      .terms(
        disk(
          resources: .buffer(
            size: nil, bytes: [0x87, 0x09, 0x00, 1, 0, 0, 10, 0, 2, 0, 0, 0x79, 0]))),
      .absent(device)),
    bad(
      "resources-beside-device", of: "acpi/object-outside-device",
      .terms([
        .scope(
          "\\_SB",
          [
            .device("D000", [.name("_HID", .string("LNRO0005")), .name("_UID", .integer(0))]),
            .name(
              "_CRS",
              .resources([.memory32Fixed(isWritable: true, base: 0x0a00_0000, length: 0x200)])),
          ])
      ]), states: false, .absent(device),
      .logs("virtio-mmio LNRO0005:*: error -EINVAL: invalid resource (null)")),
    bad(
      "last-address-before-first", of: "acpi/range-reversed",
      .terms(disk(resources: range(last: 0x09ff_ffff))),
      states: false, .absent(device), .logs(invalid)),
    bad(
      "range-of-no-length", of: "acpi/range-length-differs",
      .terms(disk(resources: range(last: 0x0a00_01ff, length: 0))), states: false, .absent(device),
      .logs(invalid)),
    bad(
      "trigger-that-is-low", of: "acpi/gsi-trigger",
      .terms(disk(mode: InterruptMode(isEdge: false, isActiveLow: true))), states: false,
      .driverless(device), .logs("genirq: Setting trigger mode 8 for irq * failed")),
    bad(
      "status-takes-arguments", of: "acpi/argument-count",
      .terms(disk(statusMethod: [.return(.integer(15))], statusArguments: 2)), states: false,
      .works(device),
      .logs("\\_SB.D000._STA: Excess arguments - ASL declared 2, ACPI requires 0")),
    bad(
      "scope-of-nothing", of: "acpi/unresolved-name",
      .terms([.scope("\\_SB.BUS1", [TableTerms.device(on: .uefi)])]), states: false,
      .absent(device),
      .logs("Could not resolve symbol [\\_SB.BUS1], AE_NOT_FOUND")),
    bad(
      "package-of-nothing", of: "acpi/dangling-name",
      .terms(
        disk(
          properties: TableTerms.properties + [
            .package([.string("supplier"), .path("\\_SB.GPO1")])
          ])),
      .absent(device)),
    bad(
      "method-of-nothing", of: "acpi/undeclared-name",
      .terms(disk(resources: nil, computed: [.return(.path("PREP"))])), states: false,
      .absent(device),
      .logs("Could not resolve symbol [\\_SB.D000._CRS.PREP], AE_NOT_FOUND")),
    bad(
      "field-past-its-region", of: "acpi/field-past-region",
      .terms(disk(statusMethod: [.return(.path("STAT"))], more: registers)), states: false,
      .absent(device),
      .logs("Field [STAT] Base+Offset+Width 4+0+4 is beyond end of region [REGS] (length 4)")),
    bad(
      "byte-of-no-term", of: "acpi/aml-malformed", .terms(disk()),
      damage: .replacement(Array("\u{08}_CRS".utf8), with: Array("\u{03}_CRS".utf8), of: "SSDT"),
      states: false, .absent(device),
      .logs("Could not resolve symbol [\\_SB.D000._CRS], AE_NOT_FOUND")),
    bad(
      "distance-of-nothing", of: "acpi/table-malformed", .terms(disk()), others: [distances(9)],
      states: false, .works(device), .logs("SLIT table looks invalid. Not used.")),
  ]

  private static func disk(
    id: String? = "PRP0001", properties: [Term] = TableTerms.properties,
    statusMethod: [Term]? = nil, statusArguments: UInt8 = 0, mode: InterruptMode = .levelHigh,
    resources: Term? = nil, computed: [Term]? = nil, more: [Term] = []
  ) -> [Term] {
    [
      .scope(
        "\\_SB",
        [
          TableTerms.device(
            on: .uefi, id: id, properties: properties, statusMethod: statusMethod,
            statusArguments: statusArguments, mode: mode, resources: resources, computed: computed,
            more: more)
        ])
    ]
  }

  /// The window of the disk, with another end or length.
  private static func range(last: UInt64, length: UInt64 = 0x200) -> Term {
    var window = AddressSpaceDescriptor(
      .quadWord, .memory(.nonCacheable), minimum: 0x0a00_0000, length: 0x200, isConsumer: true)
    window.maximum = last
    window.length = length
    return .resources([
      .addressSpace(window), .interrupt(ExtendedInterrupt([48], mode: .levelHigh)),
    ])
  }

  /// Four bytes of the fifth window, which nobody has, and a field that is behind them.
  private static let registers: [Term] = [
    .operationRegion(
      OperationRegion("REGS", .systemMemory, offset: .integer(0x0a00_0a00), length: .integer(4))),
    .field(
      Field(
        .region("REGS"), access: .doubleWord, [.named("CTRL", bits: 32), .named("STAT", bits: 32)])),
  ]

  /// SLIT of one locality, with its distance to itself.
  private static func distances(_ distance: UInt8) -> [UInt8] {
    let body: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, distance]
    return (try? TableHeader("SLIT", revision: 1, oemTableID: "DEVICES").table(body)) ?? []
  }
}
