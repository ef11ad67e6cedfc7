/// The characters of names.
///
/// **Source:** Devicetree Specification 0.4, tables 2.1 and 2.2, and what dtc accepts beyond them.
enum NameCharacters {
  static func areInNodeNames(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ","), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"):
      true
    default: false
    }
  }

  static func areInPropertyNames(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"): true
    default: byte != UInt8(ascii: "@") && areInNodeNames(byte)
    }
  }

  /// `'!'`, or `the byte 0x7` for what can't be shown.
  static func text(of byte: UInt8) -> String {
    (0x21...0x7e).contains(byte)
      ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte 0x\(String(byte, radix: 16))"
  }
}
