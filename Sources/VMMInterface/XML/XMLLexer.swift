/// The bytes of a document, and how far they have been read.
struct XMLLexer {
  private let bytes: [UInt8]
  private var position = 0
  private var countedTo = 0
  private var lines = 1

  /// The bytes, which have to be UTF-8 of characters that XML has.
  init(_ bytes: [UInt8]) throws(XMLReadingError) {
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: self.bytes, as: UTF8.self) else {
      throw XMLReadingError(line: 1, message: "no UTF-8")
    }
    guard text.unicodeScalars.allSatisfy(Self.isCharacter) else {
      throw XMLReadingError(line: 1, message: "has a character that XML doesn't have")
    }
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The line that is read, from 1.
  var line: Int {
    mutating get {
      lines += bytes[countedTo..<position].count { $0 == UInt8(ascii: "\n") }
      countedTo = position
      return lines
    }
  }

  mutating func error(_ message: String) -> XMLReadingError {
    XMLReadingError(line: line, message: message)
  }

  func at(_ text: StaticString) -> Bool {
    // SAFETY: the bytes of a literal are there for ever.
    text.withUTF8Buffer { unsafe bytes[position...].starts(with: $0) }
  }

  mutating func take(_ text: StaticString) -> Bool {
    guard at(text) else { return false }
    position += text.utf8CodeUnitCount
    return true
  }

  mutating func skipSpace() -> Bool {
    let start = position
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    return position > start
  }

  /// Reads a name.
  ///
  /// Any byte beyond ASCII is taken for a letter: which of them XML allows decides nothing here.
  mutating func name() throws(XMLReadingError) -> String {
    let start = position
    while position < bytes.count, Self.isOfName(bytes[position], isFirst: position == start) {
      position += 1
    }
    guard position > start else { throw error("a name is missing") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  mutating func attributeValue() throws(XMLReadingError) -> String {
    let quote: UInt8
    if take("\"") {
      quote = UInt8(ascii: "\"")
    } else if take("'") {
      quote = UInt8(ascii: "'")
    } else {
      throw error("the value of an attribute stands in quotes")
    }
    var value: [UInt8] = []
    while position < bytes.count, bytes[position] != quote {
      let byte = bytes[position]
      if byte == UInt8(ascii: "<") { throw error("'<' in a value is written as '&lt;'") }
      if byte == UInt8(ascii: "&") {
        value += try reference()
      } else {
        value.append(Self.isSpace(byte) ? UInt8(ascii: " ") : byte)
        position += 1
      }
    }
    guard position < bytes.count else { throw error("the value of an attribute has no end") }
    position += 1
    return String(decoding: value, as: UTF8.self)
  }

  /// Reads text up to the next tag.
  mutating func text() throws(XMLReadingError) -> [UInt8] {
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
      if bytes[position] == UInt8(ascii: "&") {
        text += try reference()
      } else {
        if at("]]>") { throw error("']]>' in text is written as ']]&gt;'") }
        text.append(bytes[position])
        position += 1
      }
    }
    return text
  }

  /// Reads up to, and with, `end`.
  mutating func bytes(
    before end: StaticString, in what: String
  ) throws(XMLReadingError) -> ArraySlice<UInt8> {
    let start = position
    let begun = line
    while position < bytes.count {
      if take(end) { return bytes[start..<(position - end.utf8CodeUnitCount)] }
      position += 1
    }
    throw XMLReadingError(line: begun, message: "\(what) has no end")
  }

  mutating func skipDeclaration() throws(XMLReadingError) {
    guard at("<?xml"), position + 5 < bytes.count, Self.isSpace(bytes[position + 5]) else { return }
    let text = String(decoding: try bytes(before: "?>", in: "the declaration"), as: UTF8.self)
      .lowercased()
    if let encoding = text.firstRange(of: "encoding") {
      let value = text[encoding.upperBound...].drop { "= \t\r\n'\"".contains($0) }
      guard value.hasPrefix("utf-8") || value.hasPrefix("us-ascii") else {
        throw error("the encoding is another one than UTF-8")
      }
    }
  }

  /// Skips what may stand before and behind the element that a document is.
  mutating func skipMiscellany() throws(XMLReadingError) {
    while true {
      if skipSpace() { continue }
      if try skipComment() { continue }
      guard try skipInstruction() else { break }
    }
    if at("<!DOCTYPE") {
      throw error("has a document type declaration, which isn't read")
    }
  }

  mutating func skipComment() throws(XMLReadingError) -> Bool {
    guard take("<!--") else { return false }
    _ = try bytes(before: "-->", in: "a comment")
    return true
  }

  mutating func skipInstruction() throws(XMLReadingError) -> Bool {
    guard take("<?") else { return false }
    _ = try bytes(before: "?>", in: "a processing instruction")
    return true
  }

  private mutating func reference() throws(XMLReadingError) -> [UInt8] {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: ";"), position - start < 12 {
      position += 1
    }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    guard take(";") else { throw error("'&' is written as '&amp;'") }
    if let known = Self.entities[name] { return [known] }
    var digits = Substring(name)
    guard digits.popFirst() == "#" else { throw error("nobody says what '&\(name);' stands for") }
    let isHexadecimal = digits.first == "x"
    if isHexadecimal { digits.removeFirst() }
    guard digits.first?.isHexDigit == true,
      let value = UInt32(digits, radix: isHexadecimal ? 16 : 10),
      let scalar = Unicode.Scalar(value), Self.isCharacter(scalar)
    else { throw error("'&\(name);' is no character that XML has") }
    return Array(String(scalar).utf8)
  }

  private static let entities: [String: UInt8] = [
    "amp": UInt8(ascii: "&"), "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"),
    "quot": UInt8(ascii: "\""), "apos": UInt8(ascii: "'"),
  ]

  private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xa, 0xd, 0x20...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: true
    default: false
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x9 || byte == 0xa || byte == 0xd
  }

  private static func isOfName(_ byte: UInt8, isFirst: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...:
      true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): !isFirst
    default: false
    }
  }
}
