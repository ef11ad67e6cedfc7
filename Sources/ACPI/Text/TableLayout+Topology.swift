extension TableLayout {
  /// **Source:** ACPI 6.5, section 5.2.16; ACPI 6.6 for RISC-V.
  static let srat = TableLayout(
    fields: [Field("table revision", 36, 4)],
    parts: Parts(
      name: "entry", first: 48, type: Field("", 0, 1), length: Field("", 1, 1), least: 2,
      kinds: [
        Kind(
          type: 0, name: "local APIC", least: 16,
          fields: [Field("domain", 2, 1), Field("id", 3, 1), Field("flags", 4, 4)]),
        Kind(
          type: 1, name: "memory", least: 40,
          fields: [
            Field("domain", 2, 4), Field("base", 8, 8), Field("length", 16, 8),
            Field("flags", 28, 4),
          ]),
        Kind(
          type: 2, name: "local x2APIC", least: 24,
          fields: [Field("domain", 4, 4), Field("id", 8, 4), Field("flags", 12, 4)]),
        Kind(
          type: 3, name: "GIC CPU interface", least: 18,
          fields: [Field("domain", 2, 4), Field("processor", 6, 4), Field("flags", 10, 4)]),
        Kind(
          type: 4, name: "GIC ITS", least: 12, fields: [Field("domain", 2, 4), Field("id", 8, 4)]),
        Kind(type: 5, name: "initiator", least: 32, fields: [Field("domain", 4, 4)]),
        Kind(type: 6, name: "port", least: 32, fields: [Field("domain", 4, 4)]),
        Kind(
          type: 7, name: "RISC-V hart", least: 20,
          fields: [Field("domain", 4, 4), Field("processor", 8, 4), Field("flags", 12, 4)]),
      ], reserved: 8...0xff))

  /// **Source:** ACPI 6.5, section 5.2.17.
  static let slit = TableLayout(fields: [Field("localities", 36, 8)])

  /// **Source:** ACPI 6.5, section 5.2.30.
  static let pptt = TableLayout(
    parts: Parts(
      name: "node", first: 36, type: Field("", 0, 1), length: Field("", 1, 1), least: 4,
      kinds: [
        Kind(
          type: 0, name: "processor", least: 20,
          fields: [
            Field("flags", 4, 4), Field("parent", 8, 4), Field("processor", 12, 4),
            Field("private resources", 16, 4),
          ]),
        Kind(
          type: 1, name: "cache", least: 24,
          fields: [
            Field("flags", 4, 4), Field("next level", 8, 4), Field("size", 12, 4),
            Field("sets", 16, 4), Field("ways", 20, 1), Field("attributes", 21, 1),
            Field("line", 22, 2),
          ]),
        Kind(type: 2, name: "id", least: 30),
      ], reserved: 3...0xff))

  /// **Source:** ACPI 6.5, section 5.2.28.
  static let hmat = TableLayout(
    parts: Parts(
      name: "part", first: 40, type: Field("", 0, 2), length: Field("", 4, 4), least: 8,
      kinds: [
        Kind(
          type: 0, name: "memory", least: 40,
          fields: [Field("flags", 8, 2), Field("initiator", 12, 4), Field("domain", 16, 4)]),
        Kind(
          type: 1, name: "latencies or bandwidths", least: 32,
          fields: [
            Field("flags", 8, 1), Field("data type", 9, 1), Field("initiators", 12, 4),
            Field("targets", 16, 4), Field("unit", 24, 8),
          ]),
        Kind(
          type: 2, name: "cache of memory", least: 32,
          fields: [Field("domain", 8, 4), Field("size", 16, 8), Field("handles", 30, 2)]),
      ], reserved: 3...0xffff))

  /// **Source:** ACPI 6.5, section 5.2.36.
  static let rhct = TableLayout(
    fields: [
      Field("timebase frequency", 40, 8), Field("nodes", 48, 4), Field("first node", 52, 4),
    ],
    parts: Parts(
      name: "node", first: 56, firstAt: Field("", 52, 4), type: Field("", 0, 2),
      length: Field("", 2, 2), least: 6, countAt: Field("", 48, 4),
      kinds: [
        Kind(type: 0, name: "ISA", least: 8, text: 8),
        Kind(type: 1, name: "cache blocks", least: 10),
        Kind(type: 2, name: "MMU", least: 8),
        Kind(type: 0xffff, name: "hart", least: 12, fields: [Field("processor", 8, 4)]),
      ], reserved: 3...0xfffe))
}
