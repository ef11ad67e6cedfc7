import DeviceTree

/// Which names a tree can carry: what dtc accepts.
///
/// Whether a name is a good one is for the rules.
///
/// **Source:** Devicetree Specification 0.4, sections 2.2.1, 2.2.4.1 and 6.2.
enum Spelling {
  static let nodeNameHelp =
    "use at most 255 letters, digits and any of , . _ + -; the unit address is 'at:'"
  static let propertyNameHelp =
    "use at most 255 letters, digits and any of , . _ + * ? # -"

  /// Whether `name` can stand before the `@` of a node's name.
  static func isNodeName(_ name: String) -> Bool {
    NameRules.defect(ofNode: name) == nil && !name.utf8.contains(UInt8(ascii: "@"))
  }

  /// Whether `text` can stand behind the `@` of the name of a node that is called `name`.
  static func isUnitAddress(_ text: String, of name: String) -> Bool {
    NameRules.defect(ofNode: "\(name)@\(text)") == nil
  }

  static func isPropertyName(_ name: String) -> Bool {
    NameRules.defect(ofProperty: name) == nil
  }

  /// Whether `name` can be a label.
  static func isLabel(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) || first == UInt8(ascii: "_") else {
      return false
    }
    return name.utf8.count <= 127
      && name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
