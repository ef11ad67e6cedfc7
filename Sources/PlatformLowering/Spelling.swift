/// Which names a tree can carry.
///
/// **Source:** Devicetree Specification 0.4, sections 2.2.1 and 2.2.4.1; dtc's checks
/// `node_name_chars` and `property_name_chars`.
enum Spelling {
  static let nodeNameHelp =
    "use at most 31 letters, digits and any of , . _ + -, a letter first; the unit address is 'at:'"

  /// Whether `name` can stand before the `@` of a node's name.
  static func isNodeName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) else { return false }
    return name.utf8.count <= 31
      && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || ",._+-".utf8.contains($0) }
  }

  /// Whether `text` can stand behind the `@` of a node's name.
  static func isUnitAddress(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 63
      && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || ",._+-".utf8.contains($0) }
  }

  /// Whether `name` can be a label.
  static func isLabel(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else {
      return false
    }
    return name.utf8.count <= 127
      && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  static func isPropertyName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 31
      && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || ",._+?#-".utf8.contains($0) }
  }

  static func isAliasName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 31
      && name.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || isDigit($0)
          || $0 == UInt8(ascii: "-")
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
