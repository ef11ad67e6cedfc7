/// A pattern for paths: `*` stands for anything within one part, `**` for anything, `?` for one
/// byte of a part.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
  /// The pattern as it was written.
  public let description: String
  private let pieces: [Piece]

  private enum Piece: Hashable {
    case byte(UInt8)
    case one
    case part
    case anything
  }

  /// A pattern; every text is one.
  public init(_ pattern: String) {
    description = pattern
    var pieces: [Piece] = []
    for byte in pattern.utf8 {
      switch byte {
      case UInt8(ascii: "*"):
        if pieces.last == .part || pieces.last == .anything {
          pieces[pieces.count - 1] = .anything
        } else {
          pieces.append(.part)
        }
      case UInt8(ascii: "?"): pieces.append(.one)
      default: pieces.append(.byte(byte))
      }
    }
    self.pieces = pieces
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
      var next = [Bool](repeating: false, count: pieces.count + 1)
      for (position, piece) in pieces.enumerated() where reached[position] {
        switch piece {
        case .byte(let expected): if byte == expected { next[position + 1] = true }
        case .one: if byte != UInt8(ascii: "/") { next[position + 1] = true }
        case .part: if byte != UInt8(ascii: "/") { next[position] = true }
        case .anything: next[position] = true
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
      if piece == .part || piece == .anything { reached[position + 1] = true }
    }
  }
}
