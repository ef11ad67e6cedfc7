/// A hardware id of three letters and four hexadecimal digits, compressed to 32 bits: `PNP0A08`.
///
/// **Source:** ACPI 6.5, section 19.6.36, EISAID.
public struct EISAID: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The integer that AML carries.
  public let value: UInt32

  /// An id by the integer that AML carries; nil where its letters are none.
  public init?(value: UInt32) {
    let bits = value.byteSwapped
    guard bits >> 31 == 0 else { return nil }
    for shift: UInt32 in [26, 21, 16] where !(1...26).contains(bits >> shift & 31) { return nil }
    self.value = value
  }

  /// An id by its seven characters.
  ///
  /// - Throws: ``ACPIError/Code/badName``, as for `LNRO0005`, which has four letters.
  public init(_ text: String) throws(ACPIError) {
    guard let value = Self.compressed(text) else {
      throw ACPIError(
        .badName,
        "'\(sanitised(text))' is no EISA id: three letters and four hexadecimal digits, upper case")
    }
    self.value = value
  }

  /// An id by its seven characters.
  ///
  /// A literal can't throw: one that is no id has a ``value`` of 0, which the writer refuses.
  public init(stringLiteral text: String) { value = Self.compressed(text) ?? 0 }

  private static func compressed(_ text: String) -> UInt32? {
    let bytes = Array(text.utf8)
    guard bytes.count == 7 else { return nil }
    var bits: UInt32 = 0
    for byte in bytes[..<3] {
      guard (0x41...0x5a).contains(byte) else { return nil }
      bits = bits << 5 | UInt32(byte - 0x40)
    }
    for byte in bytes[3...] {
      switch byte {
      case 0x30...0x39: bits = bits << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: bits = bits << 4 | UInt32(byte - 0x41 + 10)
      default: return nil
      }
    }
    return bits.byteSwapped
  }

  /// The seven characters.
  public var description: String {
    let bits = value.byteSwapped
    var text = ""
    for shift: UInt32 in [26, 21, 16] {
      text.unicodeScalars.append(Unicode.Scalar(UInt8(0x40 + (bits >> shift & 31))))
    }
    let digits = String(bits & 0xffff, radix: 16, uppercase: true)
    return text + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
