/// What a name may look like in a tree that is written or spelled as DTS: what dtc accepts.
///
/// The specification is narrower (31 characters, a letter first); names in use are not.
///
/// **Source:** dtc 1.6.1 `checks.c`, `node_name_chars`, `node_name_format`, `property_name_chars`.
public enum NameRules {
  /// Whether `byte` may stand in a property name.
  static func permits(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"): true
    default: permitsInNode(byte) && byte != UInt8(ascii: "@")
    }
  }

  /// Whether `byte` may stand in a node name, where one may be `@`.
  static func permitsInNode(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ","), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"):
      true
    default: false
    }
  }

  /// What is wrong with `name` as the name of a property, or nil.
  public static func defect(ofProperty name: String) -> String? { defect(ofProperty: name.utf8) }

  /// What is wrong with `name` as the name of a node that isn't the root, or nil.
  public static func defect(ofNode name: String) -> String? { defect(ofNode: name.utf8) }

  static func defect(ofProperty name: some Collection<UInt8>) -> String? {
    defect(of: name, permitting: permits)
  }

  static func defect(ofNode name: some Collection<UInt8>) -> String? {
    if let defect = defect(of: name, permitting: permitsInNode) { return defect }
    let at = UInt8(ascii: "@")
    if name.first == at { return "has nothing before '@'" }
    guard let first = name.firstIndex(of: at) else { return nil }
    return name[name.index(after: first)...].contains(at) ? "has more than one '@'" : nil
  }

  private static func defect(
    of name: some Collection<UInt8>, permitting permits: (UInt8) -> Bool
  ) -> String? {
    if name.isEmpty { return "is empty" }
    let longest = Limits().maximumNameLength
    if name.count > longest { return "has \(name.count) characters; at most \(longest) are read" }
    guard let byte = name.first(where: { !permits($0) }) else { return nil }
    if byte == 0 { return "holds a NUL" }
    let shown = isPrintable(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte \(hex(byte))"
    return "holds \(shown), which no name may"
  }
}

extension FlattenedTree.Node {
  /// What is wrong with the name, byte by byte, or nil; the root's is empty and has no defect.
  public var nameDefect: String? {
    index == 0 ? nil : NameRules.defect(ofNode: tree.bytes[nameByteRange])
  }
}

extension FlattenedTree.Property {
  /// What is wrong with the name, byte by byte, or nil.
  public var nameDefect: String? { NameRules.defect(ofProperty: tree.bytes[nameByteRange]) }
}
