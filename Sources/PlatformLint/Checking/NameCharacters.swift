/// The characters of names.
///
/// **Source:** Devicetree Specification 0.4, tables 2.1 and 2.2, and what dtc accepts beyond them.
enum NameCharacters {
  private static let inNodeNames = CharacterSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,._+-@")
  private static let inPropertyNames = CharacterSet(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,._+-*#?")

  /// The first byte at `range` that doesn't belong into the name of a node.
  static func firstForeign(
    inNodeNameAt range: Range<Int>, of bytes: borrowing Span<UInt8>
  ) -> UInt8? {
    inNodeNames.firstForeign(at: range, of: bytes)
  }

  /// The first byte at `range` that doesn't belong into the name of a property.
  static func firstForeign(
    inPropertyNameAt range: Range<Int>, of bytes: borrowing Span<UInt8>
  ) -> UInt8? {
    inPropertyNames.firstForeign(at: range, of: bytes)
  }

  /// Some characters of ASCII, a bit for each.
  private struct CharacterSet: Sendable {
    private var bits: (UInt64, UInt64) = (0, 0)

    init(_ characters: String) {
      for byte in characters.utf8 {
        if byte < 64 { bits.0 |= 1 << UInt64(byte) } else { bits.1 |= 1 << UInt64(byte & 63) }
      }
    }

    func firstForeign(at range: Range<Int>, of bytes: borrowing Span<UInt8>) -> UInt8? {
      for index in range {
        let byte = bytes[index]
        let half = byte < 64 ? bits.0 : bits.1
        guard byte < 128, half >> UInt64(byte & 63) & 1 == 1 else { return byte }
      }
      return nil
    }
  }

  /// `'!'`, or `the byte 0x7` for what can't be shown.
  static func text(of byte: UInt8) -> String {
    (0x21...0x7e).contains(byte)
      ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte 0x\(String(byte, radix: 16))"
  }
}
