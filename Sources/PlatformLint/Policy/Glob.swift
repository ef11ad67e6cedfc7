/// A pattern for paths: `*` stands for anything within one part, `**` for anything, `?` for one
/// byte of a part, and `**/` for any number of parts, none included.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
  /// The pattern as it was written.
  public let description: String
  private let pieces: [Piece]

  private enum Piece: Hashable {
    case byte(UInt8)
    case one
    case part
    case anything
    /// Any number of parts, each with the slash behind it; from ``insideParts`` on a slash ends it.
    case parts
    case insideParts
  }

  /// A pattern; every text is one.
  public init(_ pattern: String) {
    description = pattern
    let slash = UInt8(ascii: "/")
    var pieces: [Piece] = []
    var rest = Array(pattern.utf8)[...]
    var isAtStart = true
    while let byte = rest.first {
      let stars = rest.prefix { $0 == UInt8(ascii: "*") }.count
      if stars > 1, isAtStart, rest.dropFirst(stars).first == slash {
        pieces += [.parts, .insideParts]
        rest = rest.dropFirst(stars + 1)
        continue
      }
      switch byte {
      case UInt8(ascii: "*"): pieces.append(stars > 1 ? .anything : .part)
      case UInt8(ascii: "?"): pieces.append(.one)
      default: pieces.append(.byte(byte))
      }
      rest = rest.dropFirst(max(stars, 1))
      isAtStart = byte == slash
    }
    self.pieces = pieces
  }

  /// Whether `text` has a sign in it that stands for something else.
  public static func isPattern(_ text: String) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// The directory below which everything lies that the pattern may stand for: its parts before the
  /// first with a sign in it, and never the last part; empty for where the pattern starts from.
  public var directory: String {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.dropLast().prefix { !Self.isPattern(String($0)) }
    let path = plain.joined(separator: "/")
    return path.isEmpty && plain.count > 0 ? "/" : path
  }

  /// Whether the pattern stands for all of `text`.
  ///
  /// All positions that the pattern could have reached are kept at once, so that no pattern takes
  /// more than its length times that of the text.
  public func matches(_ text: String) -> Bool {
    var reached = [Bool](repeating: false, count: pieces.count + 1)
    reached[0] = true
    skipEmpty(&reached)
    for byte in text.utf8 {
      let isSlash = byte == UInt8(ascii: "/")
      var next = [Bool](repeating: false, count: pieces.count + 1)
      for (position, piece) in pieces.enumerated() where reached[position] {
        switch piece {
        case .byte(let expected): if byte == expected { next[position + 1] = true }
        case .one: if !isSlash { next[position + 1] = true }
        case .part: if !isSlash { next[position] = true }
        case .anything: next[position] = true
        case .parts: next[isSlash ? position : position + 1] = true
        // Behind a slash another part may follow, or what comes after the parts.
        case .insideParts: next[isSlash ? position - 1 : position] = true
        }
      }
      reached = next
      skipEmpty(&reached)
    }
    return reached[pieces.count]
  }

  /// Whether the pattern stands for the path of a file: for all of it, or, where the pattern has no
  /// slash, for its last part.
  public func matches(file path: String) -> Bool {
    if description.contains("/") { return matches(path) }
    return matches(path.split(separator: "/").last.map(String.init) ?? path)
  }

  private func skipEmpty(_ reached: inout [Bool]) {
    for (position, piece) in pieces.enumerated() where reached[position] {
      switch piece {
      case .part, .anything: reached[position + 1] = true
      case .parts: reached[position + 2] = true
      default: break
      }
    }
  }
}
