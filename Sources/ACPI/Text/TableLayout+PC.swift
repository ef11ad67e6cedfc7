extension TableLayout {
  /// **Source:** Intel Virtualization Technology for Directed I/O, revision 4.1, chapter 8.
  static let dmar = TableLayout(
    fields: [Field("address width less one", 36, 1), Field("flags", 37, 1)],
    parts: Parts(
      name: "unit", first: 48, type: Field("", 0, 2), length: Field("", 2, 2), least: 4,
      kinds: [
        Kind(
          type: 0, name: "remapping hardware", least: 16,
          fields: [Field("flags", 4, 1), Field("segment", 6, 2), Field("base", 8, 8)]),
        Kind(
          type: 1, name: "reserved memory", least: 24,
          fields: [Field("segment", 6, 2), Field("base", 8, 8), Field("last", 16, 8)]),
        Kind(type: 2, name: "root ports with ATS", least: 8, fields: [Field("segment", 6, 2)]),
        Kind(
          type: 3, name: "locality", least: 20,
          fields: [Field("base", 8, 8), Field("domain", 16, 4)]),
        Kind(type: 4, name: "device of the namespace", least: 8, text: 8),
        Kind(type: 5, name: "devices with ATS", least: 8, fields: [Field("segment", 6, 2)]),
        Kind(type: 6, name: "device properties", least: 8, fields: [Field("segment", 6, 2)]),
      ], reserved: 7...0xffff))

  /// Where the scopes of devices begin in a unit of DMAR of this type; nil where it has none.
  static func scopes(ofUnit type: UInt64) -> Int? {
    switch type {
    case 0: 16
    case 1: 24
    case 2, 5, 6: 8
    default: nil
    }
  }

  /// **Source:** AMD I/O Virtualization Technology Specification, publication 48882, chapter 5.
  static let ivrs = TableLayout(
    fields: [Field("virtualization", 36, 4)],
    parts: Parts(
      name: "block", first: 48, type: Field("", 0, 1), length: Field("", 2, 2), least: 4,
      kinds: [
        Kind(
          type: 0x10, name: "hardware", least: 24,
          fields: [Field("device", 4, 2), Field("base", 8, 8), Field("segment", 16, 2)]),
        Kind(
          type: 0x11, name: "hardware", least: 40,
          fields: [Field("device", 4, 2), Field("base", 8, 8), Field("segment", 16, 2)]),
        Kind(
          type: 0x40, name: "hardware", least: 40,
          fields: [Field("device", 4, 2), Field("base", 8, 8), Field("segment", 16, 2)]),
        Kind(
          type: 0x20, name: "memory of all", least: 32,
          fields: [Field("start", 16, 8), Field("length", 24, 8)]),
        Kind(
          type: 0x21, name: "memory of a device", least: 32,
          fields: [Field("device", 4, 2), Field("start", 16, 8), Field("length", 24, 8)]),
        Kind(
          type: 0x22, name: "memory of devices", least: 32,
          fields: [Field("first device", 4, 2), Field("start", 16, 8), Field("length", 24, 8)]),
      ]))
}
