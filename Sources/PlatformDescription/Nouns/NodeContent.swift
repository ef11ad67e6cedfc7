/// What stands in the braces of a ``Node``.
public enum NodeContent: Sendable, Hashable {
  /// A property.
  case property(Property)
  /// A child.
  case node(Node)
}

extension NodeContent: Codable {
  enum CodingKeys: String, CodingKey { case property, node }

  /// Reads `{"property": {…}}` or `{"node": {…}}`.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch container.allKeys {
    case [.property]: self = .property(try container.decode(Property.self, forKey: .property))
    case [.node]: self = .node(try container.decode(Node.self, forKey: .node))
    default:
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected an object with exactly one of the keys property, node"))
    }
  }

  /// Writes an object with one key.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .property(let property): try container.encode(property, forKey: .property)
    case .node(let node): try container.encode(node, forKey: .node)
    }
  }
}
