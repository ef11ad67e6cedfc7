extension String {
  /// The bytes of the path of a file that reports name so: `\xff` is a byte that is no part of UTF-8.
  ///
  /// A backslash that would read like the start of one is `\x5c` in a name.
  var namedBytes: [UInt8] {
    var rest = Array(utf8)[...]
    guard rest.contains(UInt8(ascii: "\\")) else { return Array(rest) }
    var bytes: [UInt8] = []
    while let byte = rest.first {
      if rest.starts(with: Array("\\x".utf8)),
        let named = Self.byte(rest.dropFirst(2).prefix(2))
      {
        bytes.append(named)
        rest = rest.dropFirst(4)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }

  private static func byte(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard digits.count == 2, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit })
    else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
