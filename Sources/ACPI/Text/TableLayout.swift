/// Where the fields of a table without AML are, for whoever prints them.
struct TableLayout {
  /// A number, or of 12 bytes a generic address.
  struct Field {
    var name: String
    var offset: Int
    var size: Int

    init(_ name: String, _ offset: Int, _ size: Int) {
      self.name = name
      self.offset = offset
      self.size = size
    }
  }

  /// One kind of part.
  struct Kind {
    /// Its type; nil where there is but one kind.
    var type: UInt64?
    var name: String
    /// The least that one has, in bytes; 0 where that isn't known.
    var least = 0
    var fields: [Field] = []
    /// Where a text is.
    var text: Int?
    var hasMappings = false
  }

  /// The parts behind the fields.
  struct Parts {
    var name: String
    /// Where the first one is, unless the table says it.
    var first: Int
    var firstAt: Field?
    /// Where a part says its type and its length.
    var type: Field?
    var length: Field?
    /// The length of parts that don't say it.
    var size = 0
    /// The least that a part has.
    var least: Int
    /// Where the table says how many there are.
    var countAt: Field?
    var kinds: [Kind]
    /// The types that no specification has given a meaning.
    var reserved: ClosedRange<UInt64>?
  }

  var fields: [Field] = []
  var parts: Parts?

  /// The layout of a table; nil of one that isn't known.
  static func of(_ signature: String) -> TableLayout? {
    switch signature {
    case "APIC": apic
    case "MCFG": mcfg
    case "IORT": iort
    case "VIOT": viot
    case "GTDT": gtdt
    case "SPCR": spcr
    case "DBG2": dbg2
    case "FACP": facp
    case "SRAT": srat
    case "SLIT": slit
    case "PPTT": pptt
    case "HMAT": hmat
    case "DMAR": dmar
    case "IVRS": ivrs
    case "RHCT": rhct
    case "XSDT": pointers(8)
    case "RSDT": pointers(4)
    default: nil
    }
  }

  private static func pointers(_ size: Int) -> TableLayout {
    TableLayout(
      parts: Parts(
        name: "entry", first: 36, size: size, least: size,
        kinds: [Kind(name: "a table", fields: [Field("address", 0, size)])]))
  }

  /// **Source:** ACPI 6.5, section 5.2.12.
  private static let apic = TableLayout(
    fields: [Field("local APIC address", 36, 4), Field("flags", 40, 4)],
    parts: Parts(
      name: "entry", first: 44, type: Field("", 0, 1), length: Field("", 1, 1), least: 2,
      kinds: [
        Kind(
          type: 0, name: "local APIC", least: 8,
          fields: [Field("processor", 2, 1), Field("id", 3, 1), Field("flags", 4, 4)]),
        Kind(
          type: 1, name: "I/O APIC", least: 12,
          fields: [Field("id", 2, 1), Field("address", 4, 4), Field("first interrupt", 8, 4)]),
        Kind(
          type: 2, name: "interrupt override", least: 10,
          fields: [
            Field("bus", 2, 1), Field("source", 3, 1), Field("interrupt", 4, 4),
            Field("flags", 8, 2),
          ]),
        Kind(type: 3, name: "NMI source", least: 8),
        Kind(
          type: 4, name: "local APIC NMI", least: 6,
          fields: [Field("processor", 2, 1), Field("flags", 3, 2), Field("pin", 5, 1)]),
        Kind(type: 5, name: "local APIC address", least: 12),
        Kind(type: 6, name: "I/O SAPIC", least: 16), Kind(type: 7, name: "local SAPIC", least: 16),
        Kind(type: 8, name: "platform interrupt", least: 16),
        Kind(
          type: 9, name: "local x2APIC", least: 16,
          fields: [Field("id", 4, 4), Field("flags", 8, 4), Field("processor", 12, 4)]),
        Kind(
          type: 0x0b, name: "GIC CPU interface", least: 76,
          fields: [
            Field("number", 4, 4), Field("processor", 8, 4), Field("flags", 12, 4),
            Field("performance interrupt", 20, 4), Field("address", 32, 8),
            Field("maintenance interrupt", 56, 4), Field("redistributor", 60, 8),
            Field("MPIDR", 68, 8),
          ]),
        Kind(
          type: 0x0c, name: "GIC distributor", least: 24,
          fields: [Field("id", 4, 4), Field("address", 8, 8), Field("version", 20, 1)]),
        Kind(
          type: 0x0d, name: "GIC MSI frame", least: 24,
          fields: [
            Field("id", 4, 4), Field("address", 8, 8), Field("flags", 16, 4),
            Field("count", 20, 2), Field("first interrupt", 22, 2),
          ]),
        Kind(
          type: 0x0e, name: "GIC redistributors", least: 16,
          fields: [Field("address", 4, 8), Field("length", 12, 4)]),
        Kind(
          type: 0x0f, name: "GIC ITS", least: 20,
          fields: [Field("id", 4, 4), Field("address", 8, 8)]),
        Kind(
          type: 0x18, name: "RISC-V hart", least: 20,
          fields: [Field("flags", 4, 4), Field("hart", 8, 8), Field("processor", 16, 4)]),
        Kind(type: 0x0a, name: "local x2APIC NMI", least: 12),
        Kind(type: 0x10, name: "wake-up mailbox", least: 16),
        Kind(type: 0x19, name: "IMSIC", least: 16), Kind(type: 0x1a, name: "APLIC", least: 36),
        Kind(type: 0x1b, name: "PLIC", least: 36),
      ],
      // 0x11 to 0x17 are LoongArch's, 0x1c to 0x1e those of a GICv5 in ACPI 6.6, and from 0x80 on makers'.
      reserved: 0x1f...0x7f))

  /// **Source:** PCI Firmware Specification 3.3, section 4.1.2.
  private static let mcfg = TableLayout(
    parts: Parts(
      name: "allocation", first: 44, size: 16, least: 16,
      kinds: [
        Kind(
          name: "buses",
          fields: [
            Field("base", 0, 8), Field("segment", 8, 2), Field("first bus", 10, 1),
            Field("last bus", 11, 1),
          ])
      ]))

  /// **Source:** Arm DEN 0049E.
  private static let iort = TableLayout(
    fields: [Field("nodes", 36, 4), Field("first node", 40, 4)],
    parts: Parts(
      name: "node", first: 48, firstAt: Field("", 40, 4), type: Field("", 0, 1),
      length: Field("", 1, 2), least: 16, countAt: Field("", 36, 4),
      kinds: [
        Kind(
          type: 0, name: "ITS group", least: 20,
          fields: [Field("ITSs", 16, 4), Field("first id", 20, 4)]),
        Kind(
          type: 1, name: "named component", least: 30,
          fields: [
            Field("flags", 16, 4), Field("coherent", 20, 4), Field("address bits", 28, 1),
          ],
          text: 29, hasMappings: true),
        Kind(
          type: 2, name: "root complex", least: 32,
          fields: [
            Field("coherent", 16, 4), Field("ATS", 24, 4), Field("segment", 28, 4),
            Field("address bits", 32, 1),
          ],
          hasMappings: true),
        Kind(
          type: 3, name: "SMMU", least: 60, fields: [Field("base", 16, 8), Field("span", 24, 8)],
          hasMappings: true),
        Kind(
          type: 4, name: "SMMUv3", least: 60,
          fields: [
            Field("base", 16, 8), Field("flags", 24, 4), Field("model", 40, 4),
            Field("event interrupt", 44, 4), Field("PRI interrupt", 48, 4),
            Field("error interrupt", 52, 4), Field("sync interrupt", 56, 4),
          ],
          hasMappings: true),
        Kind(
          type: 6, name: "reserved memory", least: 28,
          fields: [Field("flags", 16, 4), Field("ranges", 20, 4)], hasMappings: true),
      ], reserved: 8...0xff))

  /// **Source:** ACPI 6.5, section 5.2.34.
  private static let viot = TableLayout(
    fields: [Field("nodes", 36, 2), Field("first node", 38, 2)],
    parts: Parts(
      name: "node", first: 48, firstAt: Field("", 38, 2), type: Field("", 0, 1),
      length: Field("", 2, 2), least: 16, countAt: Field("", 36, 2),
      kinds: [
        Kind(
          type: 1, name: "PCI range", least: 24,
          fields: [
            Field("first endpoint", 4, 4), Field("first segment", 8, 2),
            Field("last segment", 10, 2), Field("first BDF", 12, 2), Field("last BDF", 14, 2),
            Field("output node", 16, 2),
          ]),
        Kind(
          type: 2, name: "MMIO endpoint", least: 24,
          fields: [Field("endpoint", 4, 4), Field("base", 8, 8), Field("output node", 16, 2)]),
        Kind(
          type: 3, name: "virtio-iommu of PCI", least: 16,
          fields: [Field("segment", 4, 2), Field("BDF", 6, 2)]),
        Kind(
          type: 4, name: "virtio-iommu of virtio-mmio", least: 16, fields: [Field("base", 8, 8)]),
      ]))

  /// **Source:** ACPI 6.5, section 5.2.25.
  private static let gtdt = TableLayout(fields: [
    Field("counter base", 36, 8), Field("secure EL1 interrupt", 48, 4),
    Field("secure EL1 flags", 52, 4), Field("non-secure EL1 interrupt", 56, 4),
    Field("non-secure EL1 flags", 60, 4), Field("virtual interrupt", 64, 4),
    Field("virtual flags", 68, 4), Field("EL2 interrupt", 72, 4), Field("EL2 flags", 76, 4),
    Field("platform timers", 88, 4), Field("virtual EL2 interrupt", 96, 4),
    Field("virtual EL2 flags", 100, 4),
  ])

  /// **Source:** Microsoft, Serial Port Console Redirection Table.
  private static let spcr = TableLayout(fields: [
    Field("interface type", 36, 1), Field("register", 40, 12), Field("interrupt type", 52, 1),
    Field("PC interrupt", 53, 1), Field("interrupt", 54, 4), Field("baud rate", 58, 1),
    Field("terminal type", 62, 1),
  ])

  /// **Source:** Microsoft, Debug Port Table 2.
  private static let dbg2 = TableLayout(
    fields: [Field("first port", 36, 4), Field("ports", 40, 4)],
    parts: Parts(
      name: "port", first: 44, firstAt: Field("", 36, 4), type: nil, length: Field("", 1, 2),
      least: 22, countAt: Field("", 40, 4),
      kinds: [
        Kind(
          name: "a port",
          fields: [
            Field("type", 12, 2), Field("subtype", 14, 2), Field("register", 22, 12),
            Field("length", 34, 4),
          ], text: 38)
      ]))

  /// **Source:** ACPI 6.5, section 5.2.9.
  private static let facp = TableLayout(fields: [
    Field("FACS", 36, 4), Field("DSDT", 40, 4), Field("profile", 45, 1),
    Field("SCI interrupt", 46, 2), Field("boot flags", 109, 2), Field("flags", 112, 4),
    Field("reset register", 116, 12), Field("reset value", 128, 1), Field("Arm boot flags", 129, 2),
    Field("wide DSDT", 140, 8), Field("sleep control", 244, 12), Field("sleep status", 256, 12),
  ])
}
