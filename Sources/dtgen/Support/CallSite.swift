import PlatformDescription

/// The column where a call starts.
///
/// `#column` stands for a call's parenthesis; a person looks for the word before it.
enum CallSite {
  /// `location`, moved from the parenthesis of a call to the start of its name.
  static func start(of location: SourceLocation, in lines: SourceLines) -> SourceLocation {
    guard let line = lines.line(location.file, location.line) else { return location }
    let bytes = Array(line.utf8)
    var index = location.column - 1
    guard bytes.indices.contains(index), bytes[index] == UInt8(ascii: "(") else { return location }
    while index > 0, isPartOfName(bytes[index - 1]) { index -= 1 }
    var location = location
    location.column = index + 1
    return location
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), 0x80...:
      true
    default: false
    }
  }
}
