/// A 32-bit cell of a property: a number, or the phandle of a node.
public enum Cell: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// A number.
  case number(UInt32)
  /// The phandle of a node, allocated when the tree is laid out.
  case phandle(Reference)

  /// A number written as a literal.
  public init(integerLiteral value: UInt32) { self = .number(value) }

  /// The phandle of a component.
  public static func phandle(_ component: some Referable) -> Cell {
    .phandle(Reference(to: component))
  }

  /// The phandle of the node that is labelled `label`.
  public static func phandle(_ label: Label) -> Cell { .phandle(Reference(to: label)) }

  /// The phandle of a region of reserved memory.
  public static func phandle(_ region: some MemoryRegion) -> Cell {
    .phandle(Reference(to: region))
  }
}

extension Cell: Codable {
  enum CodingKeys: String, CodingKey { case phandle }

  /// Reads a number, or `{"phandle": {…}}`.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.singleValueContainer(),
      let number = try? container.decode(UInt32.self)
    {
      self = .number(number)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self = .phandle(try container.decode(Reference.self, forKey: .phandle))
  }

  /// Writes a number, or an object with one key.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .number(let number):
      var container = encoder.singleValueContainer()
      try container.encode(number)
    case .phandle(let reference):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(reference, forKey: .phandle)
    }
  }
}
