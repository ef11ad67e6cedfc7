/// The words of a document in JSON5.
///
/// What a number is worth, and whether it is one, is left to the decoder.
struct JSON5Lexer {
  let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The byte that is next; nil at the end.
  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func advance(by count: Int = 1) { offset = min(bytes.count, offset + count) }

  /// The character that is next, and its length in bytes; nil at the end, and where it is no UTF-8.
  private var scalar: (value: Unicode.Scalar, length: Int)? {
    guard let first = next else { return nil }
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    let end = min(bytes.count, offset + length)
    guard let text = String(validating: bytes[offset..<end], as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else { return nil }
    return (scalar, length)
  }

  private func fault(_ message: String, at offset: Int? = nil) -> JSON5Fault {
    JSON5Fault(offset: offset ?? self.offset, message: message)
  }

  private func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    return offset + count <= bytes.count
      && (0..<count).allSatisfy { bytes[offset + $0] == text.utf8Start[$0] }
  }

  /// Passes spaces and comments.
  mutating func skipSpace() throws(JSON5Fault) {
    while let (scalar, length) = scalar {
      if starts(with: "//") {
        while let (scalar, length) = self.scalar, !Self.endsLine(scalar) { advance(by: length) }
      } else if starts(with: "/*") {
        let start = offset
        advance(by: 2)
        while !starts(with: "*/") {
          guard next != nil else { throw fault("the comment has no end", at: start) }
          advance()
        }
        advance(by: 2)
      } else if Self.isSpace(scalar) {
        advance(by: length)
      } else {
        return
      }
    }
    if next != nil { throw fault("this is not UTF-8") }
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\u{b}", "\u{c}", " ", "\u{feff}": true
    default: endsLine(scalar) || scalar.properties.generalCategory == .spaceSeparator
    }
  }

  /// Passes a number, or one of the words that are values.
  mutating func word() throws(JSON5Fault) {
    let start = offset
    while let byte = next, Self.isOfWord(byte) { advance() }
    if offset == start { throw fault("a value is missing in front of this") }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Reads a key, with or without quotes.
  mutating func key() throws(JSON5Fault) -> String {
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") { return try string() }
    var text = ""
    while let (scalar, length) = scalar {
      if scalar == "\\" {
        advance()
        guard next == UInt8(ascii: "u") else { throw fault("only \\u may be escaped in a key") }
        advance()
        text.unicodeScalars.append(try escaped(digits: 4))
      } else if scalar == "$" || scalar.properties.isIDContinue || scalar == "\u{200c}"
        || scalar == "\u{200d}"
      {
        text.unicodeScalars.append(scalar)
        advance(by: length)
      } else {
        break
      }
    }
    if text.isEmpty { throw fault("a key is missing in front of this") }
    return text
  }

  /// Reads a string in quotes of either kind.
  mutating func string() throws(JSON5Fault) -> String {
    let start = offset
    let quote = next
    advance()
    var text = ""
    while let (scalar, length) = scalar {
      if next == quote {
        advance()
        return text
      }
      // The two separators of Unicode may stand in a string, as in JSON.
      if scalar == "\n" || scalar == "\r" { break }
      advance(by: length)
      if scalar == "\\" {
        if let escape = try escape() { text.unicodeScalars.append(escape) }
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    if next != nil, scalar == nil { throw fault("this is not UTF-8") }
    throw fault("the text has no end on its line", at: start)
  }

  /// Reads what stands behind a backslash; nil for a line that goes on.
  private mutating func escape() throws(JSON5Fault) -> Unicode.Scalar? {
    guard let (scalar, length) = scalar else { throw fault("the document ends too early") }
    advance(by: length)
    switch scalar {
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{b}"
    case "0": return "\0"
    case "x": return try escaped(digits: 2)
    case "u": return try escaped(digits: 4)
    case "\r":
      if next == UInt8(ascii: "\n") { advance() }
      return nil
    case "\n", "\u{2028}", "\u{2029}": return nil
    case "\\", "\"", "'", "/": return scalar
    // JSON5 would drop the backslash, and who wrote one meant it.
    default:
      throw fault(
        "'\\\(scalar)' is no escape: a backslash is written \\\\", at: offset - length - 1)
    }
  }

  private mutating func escaped(digits: Int) throws(JSON5Fault) -> Unicode.Scalar {
    let unit = try codeUnit(digits)
    guard UTF16.isLeadSurrogate(unit), starts(with: "\\u") else {
      return Unicode.Scalar(unit) ?? "\u{fffd}"
    }
    advance(by: 2)
    let trail = try codeUnit(4)
    guard UTF16.isTrailSurrogate(trail) else { return "\u{fffd}" }
    let (lead, low) = (UInt32(unit) - 0xd800, UInt32(trail) - 0xdc00)
    return Unicode.Scalar(0x10000 + lead << 10 + low) ?? "\u{fffd}"
  }

  private mutating func codeUnit(_ digits: Int) throws(JSON5Fault) -> UInt16 {
    let end = min(bytes.count, offset + digits)
    let text = String(decoding: bytes[offset..<end], as: UTF8.self)
    guard text.utf8.count == digits, let unit = UInt16(text, radix: 16), text.first != "+",
      text.first != "-"
    else {
      throw fault("\(digits) hexadecimal digits belong here")
    }
    advance(by: digits)
    return unit
  }
}
