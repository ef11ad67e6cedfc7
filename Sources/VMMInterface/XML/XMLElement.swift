/// An element of an XML document, with what is in it.
public struct XMLElement: Sendable, Hashable {
  /// The name without its prefix.
  public internal(set) var name: String
  /// The namespace that the prefix stands for; empty for none.
  public internal(set) var namespace = ""
  /// The attributes as they are written, in their order; without those that declare namespaces.
  public internal(set) var attributes: [Attribute] = []
  /// The elements in it, in their order.
  public internal(set) var children: [XMLElement] = []
  /// The text right in it, without that of the elements in it.
  public internal(set) var text = ""
  /// The line on which it begins, from 1.
  public internal(set) var line: Int

  /// An attribute.
  public struct Attribute: Sendable, Hashable {
    /// The name, with its prefix.
    public var name: String
    /// The value, with references resolved.
    public var value: String
  }

  /// The value of an attribute; nil where there is none.
  public subscript(attribute name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The elements of this name in it that are in no namespace.
  public func all(_ name: String) -> [XMLElement] {
    children.filter { $0.name == name && $0.namespace.isEmpty }
  }

  /// The first of them; nil where there is none.
  public subscript(_ name: String) -> XMLElement? {
    children.first { $0.name == name && $0.namespace.isEmpty }
  }

  /// The text in it without what surrounds it; nil where there is nothing else.
  public var trimmedText: String? {
    let isSpace: (Character) -> Bool = { " \t\n\r\r\n".contains($0) }
    let text = text.drop(while: isSpace)
    guard let end = text.lastIndex(where: { !isSpace($0) }) else { return nil }
    return String(text[...end])
  }
}
