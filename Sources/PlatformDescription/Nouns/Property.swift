/// A property spelled out.
public struct Property: Sendable, Hashable, Codable {
  /// The name, as in the tree.
  public var name: String
  /// The value.
  public var value: Value
  /// Where it was written.
  public var location: SourceLocation?

  /// The value of a property, in the shapes that bindings use.
  ///
  /// **Source:** Devicetree Specification 0.4, section 2.2.4.
  public enum Value: Sendable, Hashable {
    /// NUL-terminated strings.
    case strings([String])
    /// 32-bit cells; none for a property whose presence says it all.
    case cells([Cell])
    /// Bytes.
    case bytes([UInt8])
  }

  /// A property without a value: its presence says it all.
  public init(
    _ name: String, file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(name, .cells([]), file, line, column)
  }

  /// A property of one or more strings.
  public init(
    _ name: String, _ first: String, _ others: String...,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(name, .strings([first] + others), file, line, column)
  }

  /// A property of one or more cells.
  public init(
    _ name: String, _ first: Cell, _ others: Cell...,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(name, .cells([first] + others), file, line, column)
  }

  /// A property of cells that were made elsewhere.
  public init(
    _ name: String, cells: [Cell],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(name, .cells(cells), file, line, column)
  }

  /// A property of bytes.
  public init(
    _ name: String, bytes: [UInt8],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(name, .bytes(bytes), file, line, column)
  }

  /// A property that a component adds by itself, from no line of its own.
  init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }

  init(_ name: String, _ value: Value, _ file: String, _ line: Int, _ column: Int) {
    self.name = name
    self.value = value
    self.location = SourceLocation(file: file, line: line, column: column)
  }
}

extension Property.Value: Codable {
  enum CodingKeys: String, CodingKey { case strings, cells, bytes }

  /// Reads an object with one of the keys `strings`, `cells`, `bytes`.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch container.allKeys {
    case [.strings]: self = .strings(try container.decode([String].self, forKey: .strings))
    case [.cells]: self = .cells(try container.decode([Cell].self, forKey: .cells))
    case [.bytes]: self = .bytes(try container.decode([UInt8].self, forKey: .bytes))
    default:
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected an object with exactly one of the keys strings, cells, bytes")
      )
    }
  }

  /// Writes an object with one key.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .strings(let strings): try container.encode(strings, forKey: .strings)
    case .cells(let cells): try container.encode(cells, forKey: .cells)
    case .bytes(let bytes): try container.encode(bytes, forKey: .bytes)
    }
  }
}
