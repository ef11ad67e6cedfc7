/// Reads XML 1.0 as programs write it for programs: UTF-8, elements, attributes, text, and the five entities
/// that need no declaration.
///
/// A document with a type declaration is refused, and with it every entity that could grow or be elsewhere.
///
/// **Source:** XML 1.0, fifth edition; Namespaces in XML 1.0, third edition.
public struct XMLReader {
  /// How much is read of a document.
  public struct Limits: Sendable {
    /// The size, in bytes.
    public var size = 4 << 20
    /// How deep elements are in each other.
    public var depth = 64
    /// How many elements and attributes there are.
    public var count = 100_000

    /// The usual limits.
    public init() {}
  }

  private let limits: Limits
  private var lexer: XMLLexer
  private var count = 0
  /// What prefixes stand for, innermost last.
  private var prefixes: [(prefix: String, namespace: String)] = [
    ("xml", "http://www.w3.org/XML/1998/namespace")
  ]

  /// The element that the document `bytes` is.
  ///
  /// - Throws: ``XMLReadingError`` where it is none, or larger than the limits.
  public static func element(
    _ bytes: [UInt8], limits: Limits = Limits()
  ) throws(XMLReadingError) -> XMLElement {
    guard bytes.count <= limits.size else {
      throw XMLReadingError(line: 1, message: "larger than \(limits.size >> 20) MiB")
    }
    var reader = XMLReader(limits: limits, lexer: try XMLLexer(bytes))
    try reader.lexer.skipDeclaration()
    try reader.lexer.skipMiscellany()
    let element = try reader.readElement(depth: 1)
    try reader.lexer.skipMiscellany()
    guard reader.lexer.isAtEnd else {
      throw reader.lexer.error("there is something behind the end of the document")
    }
    return element
  }

  private mutating func take(_ line: Int, _ number: Int = 1) throws(XMLReadingError) {
    count += number
    guard count <= limits.count else {
      throw XMLReadingError(
        line: line, message: "more than \(limits.count) elements and attributes")
    }
  }

  private mutating func readElement(depth: Int) throws(XMLReadingError) -> XMLElement {
    let line = lexer.line
    guard depth <= limits.depth else {
      throw lexer.error("elements are more than \(limits.depth) deep")
    }
    guard lexer.take("<") else { throw lexer.error("an element begins with '<'") }
    let qualified = try lexer.name()
    var element = XMLElement(name: qualified, line: line)
    let known = prefixes.count
    defer { prefixes.removeSubrange(known...) }
    while true {
      let isSpaced = lexer.skipSpace()
      if lexer.at("/") || lexer.at(">") { break }
      guard isSpaced else { throw lexer.error("attributes are separated by spaces") }
      try takeAttribute(into: &element)
    }
    try take(line, 1 + element.attributes.count + prefixes.count - known)
    (element.namespace, element.name) = try resolve(qualified)
    for attribute in element.attributes where attribute.name.contains(":") {
      _ = try resolve(attribute.name)
    }
    if lexer.take("/>") { return element }
    guard lexer.take(">") else { throw lexer.error("the tag '<\(qualified)' isn't closed") }
    try readContent(of: &element, depth: depth)
    guard try lexer.name() == qualified else {
      throw lexer.error("'<\(qualified)>' of line \(line) ends with another name")
    }
    _ = lexer.skipSpace()
    guard lexer.take(">") else { throw lexer.error("the tag '</\(qualified)' isn't closed") }
    return element
  }

  /// Reads up to, and with, `</`.
  private mutating func readContent(
    of element: inout XMLElement, depth: Int
  ) throws(XMLReadingError) {
    var text: [UInt8] = []
    while true {
      if lexer.isAtEnd {
        throw lexer.error("the document ends in '<\(element.name)>' of line \(element.line)")
      }
      if lexer.take("</") {
        break
      } else if lexer.take("<![CDATA[") {
        text += try lexer.bytes(before: "]]>", in: "CDATA")
      } else if try lexer.skipComment() {
        continue
      } else if try lexer.skipInstruction() {
        continue
      } else if lexer.at("<") {
        element.children.append(try readElement(depth: depth + 1))
      } else {
        text += try lexer.text()
      }
    }
    element.text = String(decoding: text, as: UTF8.self)
  }

  private mutating func takeAttribute(into element: inout XMLElement) throws(XMLReadingError) {
    let name = try lexer.name()
    _ = lexer.skipSpace()
    guard lexer.take("=") else { throw lexer.error("the attribute '\(name)' has no value") }
    _ = lexer.skipSpace()
    let value = try lexer.attributeValue()
    if name == "xmlns" || name.hasPrefix("xmlns:") {
      prefixes.append((String(name.dropFirst(6)), value))
      guard prefixes.count <= 256 else { throw lexer.error("more than 256 namespaces") }
      return
    }
    guard element[attribute: name] == nil else {
      throw lexer.error("the attribute '\(name)' stands twice")
    }
    element.attributes.append(.init(name: name, value: value))
    guard element.attributes.count <= 256 else {
      throw lexer.error("an element has more than 256 attributes")
    }
  }

  private mutating func resolve(_ name: String) throws(XMLReadingError) -> (
    namespace: String, name: String
  ) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let prefix = parts.count == 2 ? parts[0] : ""
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw lexer.error("'\(name)' is no name with a prefix")
    }
    if let found = prefixes.last(where: { $0.prefix == prefix }) {
      return (found.namespace, parts[parts.count - 1])
    }
    guard prefix.isEmpty else {
      throw lexer.error("nobody says what the prefix '\(prefix)' stands for")
    }
    return ("", name)
  }
}
