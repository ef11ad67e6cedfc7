/// What is wrong with a document, and where.
struct JSON5Fault: Error, Equatable {
  /// The byte, from 0.
  var offset: Int
  /// Lower case, no full stop.
  var message: String
}

/// A place in a document for a person: lines and columns from 1.
struct TextPosition: Equatable, CustomStringConvertible {
  var line = 1
  /// In characters as Unicode numbers them.
  var column = 1

  /// The place of the byte at `offset`.
  init(of offset: Int, in bytes: [UInt8]) {
    var previous: UInt8 = 0
    for byte in bytes.prefix(offset) {
      switch byte {
      case UInt8(ascii: "\n"):
        // The two that end a line in files from elsewhere are one end.
        if previous != UInt8(ascii: "\r") { line += 1 }
        column = 1
      case UInt8(ascii: "\r"):
        line += 1
        column = 1
      case 0x80..<0xc0: break
      default: column += 1
      }
      previous = byte
    }
  }

  /// `3:7`, as compilers print it.
  var description: String { "\(line):\(column)" }
}
