/// One name of the namespace: four bytes, `A`–`Z`, `0`–`9` and `_`, padded with `_`.
///
/// **Source:** ACPI 6.5, section 20.2.2, NameSeg.
public struct NameSegment: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
  /// The four bytes, the first one lowest.
  public let rawValue: UInt32

  /// A segment of these bytes, which may be none that AML allows; see ``isValid``.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A segment of one to four characters.
  ///
  /// A literal can't throw: one that is no name becomes a segment that isn't ``isValid``, which the
  /// writer refuses.
  public init(stringLiteral text: String) { self.init(lenient: text.utf8) }

  /// A segment of one to four characters.
  ///
  /// - Throws: ``ACPIError/Code/badName``.
  public init(_ text: String) throws(ACPIError) {
    self.init(lenient: text.utf8)
    guard isValid else {
      throw ACPIError(
        .badName, "'\(sanitised(text))' is no name: one to four of A to Z, 0 to 9 and _")
    }
  }

  init(lenient bytes: some Collection<UInt8>) {
    guard (1...4).contains(bytes.count) else {
      rawValue = 0
      return
    }
    var value: UInt32 = 0x5f5f_5f5f
    var shift: UInt32 = 0
    for byte in bytes {
      value = value & ~(0xff << shift) | UInt32(byte) << shift
      shift += 8
    }
    rawValue = value
  }

  /// Whether AML allows these bytes.
  public var isValid: Bool {
    func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5a).contains(byte) || byte == 0x5f }
    guard isLetter(UInt8(truncatingIfNeeded: rawValue)) else { return false }
    for shift: UInt32 in [8, 16, 24] {
      let byte = UInt8(truncatingIfNeeded: rawValue >> shift)
      guard isLetter(byte) || (0x30...0x39).contains(byte) else { return false }
    }
    return true
  }

  /// The name without the `_` that pad it; a `_` that pads nothing stays: `_SB`, and `_` for `____`.
  public var text: String {
    var length = 4
    while length > 1, rawValue >> UInt32(8 * (length - 1)) & 0xff == 0x5f { length -= 1 }
    var text = ""
    for index in 0..<length {
      let byte = UInt8(truncatingIfNeeded: rawValue >> UInt32(8 * index))
      text.unicodeScalars.append((0x21...0x7e).contains(byte) ? Unicode.Scalar(byte) : "?")
    }
    return text
  }
}

/// `text` as a message may carry it: what is no printable ASCII becomes `?`.
func sanitised(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars.prefix(64) {
    result.unicodeScalars.append((0x20...0x7e).contains(scalar.value) ? scalar : "?")
  }
  return result
}
