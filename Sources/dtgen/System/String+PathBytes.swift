internal import Glibc

/// Paths are strings here, and to Linux they are bytes, which need not be text.
///
/// A byte that is no part of UTF-8 is carried as one of the last 128 scalars, U+10FF80 to U+10FFFF,
/// which are private and mean nothing; so are the bytes of such a scalar itself. Every sequence of
/// bytes has one string, and no two have the same.
extension String {
  private static let carriers: ClosedRange<UInt32> = 0x10ff80...0x10ffff
  private static let carrierBase: UInt32 = 0x10ff00

  /// The path, or the argument, that consists of `bytes`.
  init(pathBytes bytes: some Collection<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self), !text.carriesBytes {
      self = text
      return
    }
    self = ""
    var rest = bytes[...]
    while let first = rest.first {
      let count =
        switch first {
        case 0xc0..<0xe0: 2
        case 0xe0..<0xf0: 3
        case 0xf0...: 4
        default: 1
        }
      if let text = String(validating: rest.prefix(count), as: UTF8.self), !text.carriesBytes {
        self += text
        rest = rest.dropFirst(count)
      } else {
        unicodeScalars.append(Unicode.Scalar(Self.carrierBase + UInt32(first)) ?? "\u{fffd}")
        rest = rest.dropFirst()
      }
    }
  }

  /// The bytes that the path consists of.
  var pathBytes: [UInt8] {
    guard carriesBytes else { return Array(utf8) }
    var bytes: [UInt8] = []
    for scalar in unicodeScalars {
      if let byte = Self.byte(carriedBy: scalar) {
        bytes.append(byte)
      } else {
        bytes += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return bytes
  }

  /// What `call` makes of the path as the system takes it.
  func withSystemPath<Result>(_ call: (UnsafePointer<CChar>) -> Result) -> Result {
    guard carriesBytes else { return withCString(call) }
    let bytes = pathBytes.map(CChar.init(bitPattern:)) + [0]
    return bytes.withUnsafeBufferPointer { buffer in
      // There is at least the byte at the end.
      guard let start = buffer.baseAddress else { return "".withCString(call) }
      return call(start)
    }
  }

  /// The text with every carried byte as `\xff`.
  var showingBytes: String {
    guard carriesBytes else { return self }
    var text = ""
    for scalar in unicodeScalars {
      if let byte = Self.byte(carriedBy: scalar) {
        text += "\\x" + String(byte, radix: 16)
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The path as reports and policies name it: a byte that is no part of UTF-8 is `\xff`, and a
  /// backslash that would read like the start of one is `\x5c`, so that the name leads back to the
  /// bytes.
  var reportedPath: String {
    guard carriesBytes || utf8.contains(UInt8(ascii: "\\")) else { return self }
    let scalars = Array(unicodeScalars)
    var text = ""
    for (index, scalar) in scalars.enumerated() {
      if let byte = Self.byte(carriedBy: scalar) {
        text += "\\x" + String(byte, radix: 16)
      } else if scalar == "\\", Self.isEscape(scalars[index...]) {
        text += "\\x5c"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func isEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let digits = scalars.dropFirst(2).prefix(2)
    return scalars.dropFirst().first == "x" && digits.count == 2
      && digits.allSatisfy { $0.properties.isASCIIHexDigit }
  }

  private static func byte(carriedBy scalar: Unicode.Scalar) -> UInt8? {
    carriers.contains(scalar.value) ? UInt8(scalar.value - carrierBase) : nil
  }

  /// Whether a carrier is in it: their first byte in UTF-8 is that of few other scalars.
  private var carriesBytes: Bool {
    utf8.contains(0xf4) && unicodeScalars.contains { Self.carriers.contains($0.value) }
  }
}
