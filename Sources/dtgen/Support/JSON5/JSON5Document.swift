/// The structure of a document in JSON or JSON5, looked at beside the decoder, which reads its values:
/// that no key is there twice, and where everything stands.
///
/// The decoder takes the first of two equal keys without a word, and so would undo a decision of
/// whoever wrote the second.
///
/// **Source:** RFC 8259, section 4; JSON5 1.0.0, sections 3 to 8.
struct JSON5Document {
  /// One step into a document.
  enum Step: Equatable {
    case key(String)
    case index(Int)
  }

  /// The deepest nesting.
  static let maximumDepth = 64

  private struct Frame {
    var isObject: Bool
    /// The keys so far, and where they stand.
    var keys: [String: Int] = [:]
    /// The number of elements so far.
    var count = 0
    /// Whether the path that is looked for leads here.
    var isOnPath: Bool
  }

  private enum Expected {
    case value, valueOrEnd, keyOrEnd, commaOrEnd, end
  }

  private var lexer: JSON5Lexer
  private let path: [Step]
  private var frames: [Frame] = []
  private var found = 0

  private init(_ bytes: [UInt8], path: [Step]) {
    lexer = JSON5Lexer(bytes)
    self.path = path
  }

  /// Looks through `bytes`.
  ///
  /// - Throws: ``JSON5Fault`` where they are no document, and at a key that is there already.
  static func check(_ bytes: [UInt8]) throws(JSON5Fault) {
    var document = JSON5Document(bytes, path: [])
    try document.scan()
  }

  /// The byte where what `path` leads to starts, or the last of its parts that there is.
  static func offset(of path: [Step], in bytes: [UInt8]) -> Int {
    var document = JSON5Document(bytes, path: path)
    // What is wrong behind the place takes nothing from it.
    try? document.scan()
    return document.found
  }

  private mutating func scan() throws(JSON5Fault) {
    var expected = Expected.value
    var nextIsOnPath = true
    while true {
      try lexer.skipSpace()
      let start = lexer.offset
      guard let byte = lexer.next else {
        if expected == .end { return }
        throw JSON5Fault(offset: start, message: "the document ends too early")
      }
      switch (expected, byte) {
      case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")):
        expected = close()
      case (.commaOrEnd, UInt8(ascii: ",")):
        lexer.advance()
        expected = frames.last?.isObject == true ? .keyOrEnd : .valueOrEnd
      case (.commaOrEnd, UInt8(ascii: "]")) where frames.last?.isObject == false:
        expected = close()
      case (.commaOrEnd, UInt8(ascii: "}")) where frames.last?.isObject == true:
        expected = close()
      case (.commaOrEnd, _):
        let end = frames.last?.isObject == true ? "}" : "]"
        throw JSON5Fault(offset: start, message: "a comma or \(end) is missing in front of this")
      case (.keyOrEnd, _):
        nextIsOnPath = try key(at: start)
        expected = .value
      case (.value, _), (.valueOrEnd, _):
        if frames.last?.isObject == false { nextIsOnPath = element(at: start) }
        expected = try value(byte, isOnPath: nextIsOnPath)
      case (.end, _):
        throw JSON5Fault(offset: start, message: "there is something behind the document")
      }
    }
  }

  private mutating func close() -> Expected {
    lexer.advance()
    frames.removeLast()
    return frames.isEmpty ? .end : .commaOrEnd
  }

  /// Reads a key and its colon, and says whether the path leads through it.
  private mutating func key(at start: Int) throws(JSON5Fault) -> Bool {
    let key = try lexer.key()
    let depth = frames.count - 1
    if let first = frames[depth].keys.updateValue(start, forKey: key) {
      let line = TextPosition(of: first, in: lexer.bytes).line
      throw JSON5Fault(
        offset: start, message: "the key '\(key)' is there already, on line \(line)")
    }
    try lexer.skipSpace()
    guard lexer.next == UInt8(ascii: ":") else {
      throw JSON5Fault(offset: lexer.offset, message: "a colon is missing behind the key '\(key)'")
    }
    lexer.advance()
    return follow(.key(key), at: start)
  }

  private mutating func element(at start: Int) -> Bool {
    frames[frames.count - 1].count += 1
    return follow(.index(frames[frames.count - 1].count - 1), at: start)
  }

  private mutating func follow(_ step: Step, at start: Int) -> Bool {
    let depth = frames.count - 1
    guard frames[depth].isOnPath, depth < path.count, path[depth] == step else { return false }
    found = start
    return true
  }

  private mutating func value(_ byte: UInt8, isOnPath: Bool) throws(JSON5Fault) -> Expected {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard frames.count < Self.maximumDepth else {
        throw JSON5Fault(
          offset: lexer.offset, message: "it is nested more than \(Self.maximumDepth) levels deep")
      }
      lexer.advance()
      frames.append(Frame(isObject: byte == UInt8(ascii: "{"), isOnPath: isOnPath))
      return byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
    case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try lexer.string()
    default: try lexer.word()
    }
    return frames.isEmpty ? .end : .commaOrEnd
  }
}
