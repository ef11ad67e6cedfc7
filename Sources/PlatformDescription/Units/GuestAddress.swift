/// A guest-physical address, in bytes.
///
/// Written as an integer literal: `0x4000_0000`. Adding an `Int` or a ``ByteCount`` moves it; a sum
/// that leaves 64 bits stops at the end, where the checker finds that nothing fits.
public struct GuestAddress: Sendable, Hashable, Comparable, ExpressibleByIntegerLiteral {
  /// The address.
  public var value: UInt64

  /// The address `value`.
  public init(_ value: UInt64) { self.value = value }

  /// The address written as a literal.
  public init(integerLiteral value: UInt64) { self.value = value }

  /// Orders by value.
  public static func < (left: Self, right: Self) -> Bool { left.value < right.value }

  /// The address `offset` bytes further on; back for a negative offset.
  public static func + (address: Self, offset: Int) -> Self {
    let magnitude = UInt64(offset.magnitude)
    let (sum, overflow) =
      offset < 0
      ? address.value.subtractingReportingOverflow(magnitude)
      : address.value.addingReportingOverflow(magnitude)
    if overflow { return GuestAddress(offset < 0 ? 0 : .max) }
    return GuestAddress(sum)
  }

  /// The address `size` bytes further on.
  public static func + (address: Self, size: ByteCount) -> Self {
    let (sum, overflow) = address.value.addingReportingOverflow(size.bytes)
    return GuestAddress(overflow ? .max : sum)
  }
}

extension GuestAddress: CustomStringConvertible {
  /// The address in hexadecimal: `0x40000000`.
  public var description: String { "0x" + String(value, radix: 16) }
}

extension GuestAddress: Codable {
  /// Reads a hexadecimal string, `"0x40000000"`.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws { value = try UInt64(hexFrom: decoder) }

  /// Writes a hexadecimal string: JSON numbers lose precision past 2^53.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension UInt64 {
  init(hexFrom decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let value = UInt64(hex: text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription:
            "'\(text)' is no hexadecimal number of at most 64 bits, as in \"0x1000\""
        ))
    }
    self = value
  }

  /// The number of `text`, `0x1000`; nil for anything else.
  init?(hex text: String) {
    var digits = text.utf8.makeIterator()
    guard digits.next() == UInt8(ascii: "0"), digits.next() == UInt8(ascii: "x"),
      text.utf8.count > 2
    else { return nil }
    var value: UInt64 = 0
    while let digit = digits.next() {
      guard value >> 60 == 0, let digit = Self.hexDigit(digit) else { return nil }
      value = value << 4 | digit
    }
    self = value
  }

  private static func hexDigit(_ character: UInt8) -> UInt64? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(character - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(character - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(character - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
