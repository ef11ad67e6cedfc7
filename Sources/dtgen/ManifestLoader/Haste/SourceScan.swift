/// The lines and brackets of a source, as far as they can be told without a parser.
///
/// It refuses whatever it isn't certain of: a `/` may divide or begin a regular expression, and a `#` may
/// leave code out, so a source with one of them outside of comments and texts has no scan.
struct SourceScan {
  /// A line with code in it.
  struct Line {
    /// Where its code starts.
    var start: Int
    /// Where its code ends, in front of a comment.
    var end: Int
    /// The innermost bracket that is open where it starts; nil for none.
    var bracket: Int?
  }

  /// A pair of brackets.
  struct Bracket {
    /// Where it opens.
    var start: Int
    /// The name of the call that it belongs to: its parenthesis, or its closure behind that.
    var name: Range<Int>?
  }

  private(set) var lines: [Line] = []
  private(set) var brackets: [Bracket] = []

  private let bytes: [UInt8]
  private var open: [Int] = []
  /// The parenthesis that the last byte of code closed.
  private var closed: Int?
  private var line: Line?

  /// Scans a source; nil where it isn't certain.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    var index = 0
    while index < bytes.count {
      guard let next = scan(at: index) else { return nil }
      index = next
    }
    endLine()
    guard open.isEmpty else { return nil }
  }

  /// Takes what stands at `index`; returns where the next thing does.
  private mutating func scan(at index: Int) -> Int? {
    let byte = bytes[index]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      return index + 1
    case UInt8(ascii: "\n"):
      endLine()
      return index + 1
    case UInt8(ascii: "/"):
      guard bytes[(index + 1)...].first == byte else { return nil }
      return bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    case UInt8(ascii: "\""):
      guard let end = endOfText(at: index) else { return nil }
      addCode(index..<end)
      return end
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      let call =
        byte == UInt8(ascii: "{") ? closed.flatMap { brackets[$0].name } : name(before: index)
      addCode(index..<index + 1)
      open.append(brackets.count)
      brackets.append(Bracket(start: index, name: call))
      return index + 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      addCode(index..<index + 1)
      guard let last = open.popLast(), Self.closing(bytes[brackets[last].start]) == byte else {
        return nil
      }
      if byte == UInt8(ascii: ")") { closed = last }
      return index + 1
    case UInt8(ascii: "#"), UInt8(ascii: "`"), UInt8(ascii: "'"), UInt8(ascii: "\\"),
      UInt8(ascii: ";"), 0..<0x20, 0x7f...:
      return nil
    default:
      addCode(index..<index + 1)
      return index + 1
    }
  }

  private mutating func addCode(_ range: Range<Int>) {
    closed = nil
    if line == nil { line = Line(start: range.lowerBound, end: 0, bracket: open.last) }
    line?.end = range.upperBound
  }

  private mutating func endLine() {
    if let line { lines.append(line) }
    line = nil
  }

  /// Where the text that starts at `index` ends; nil for one of several lines, and for a value in it
  /// that is more than names, numbers and parentheses.
  private func endOfText(at index: Int) -> Int? {
    let quote = UInt8(ascii: "\"")
    if bytes[index...].starts(with: [quote, quote, quote]) { return nil }
    var index = index + 1
    /// How many parentheses are open in a value.
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\n"): return nil
      case quote: return depth == 0 ? index + 1 : nil
      case UInt8(ascii: "\\"):
        guard depth == 0, index + 1 < bytes.count else { return nil }
        if bytes[index + 1] == UInt8(ascii: "(") { depth = 1 }
        index += 1
      case UInt8(ascii: "(") where depth > 0: depth += 1
      case UInt8(ascii: ")") where depth > 0: depth -= 1
      case UInt8(ascii: "/") where depth > 0, UInt8(ascii: "#") where depth > 0: return nil
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The name that ends in front of `index`.
  private func name(before index: Int) -> Range<Int>? {
    var start = index
    while start > 0, bytes[start - 1].isInName { start -= 1 }
    return start < index ? start..<index : nil
  }

  private static func closing(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "["): UInt8(ascii: "]")
    default: UInt8(ascii: "}")
    }
  }
}

extension UInt8 {
  /// Whether it stands in a name or a number.
  var isInName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
