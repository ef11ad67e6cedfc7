/// An object of a document that people write: every key has to be known, every text has to say
/// something, and every failure names its place.
public struct StrictContainer {
  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private let container: KeyedDecodingContainer<Key>

  /// The object's keys, in alphabetical order.
  public var keys: [String] { container.allKeys.map(\.stringValue).sorted() }

  /// The object of `decoder`, whose keys are among `known`.
  ///
  /// - Throws: `DecodingError` for another key.
  public init(_ decoder: any Decoder, keys known: [String]) throws {
    container = try decoder.container(keyedBy: Key.self)
    if let unknown = keys.first(where: { !known.contains($0) }) {
      throw failure(unknown, "unknown key; there are \(known.joined(separator: ", "))")
    }
  }

  private init(_ container: KeyedDecodingContainer<Key>) { self.container = container }

  /// An object whose keys are names.
  func nested(_ key: String) throws -> StrictContainer? {
    guard container.contains(Key(key)) else { return nil }
    return StrictContainer(
      try container.nestedContainer(keyedBy: Key.self, forKey: Key(key)))
  }

  /// The value of a key that may be left out.
  ///
  /// - Throws: `DecodingError` where it is something else.
  public func optional<Value: Decodable>(_ type: Value.Type, _ key: String) throws -> Value? {
    guard container.contains(Key(key)) else { return nil }
    return try container.decode(type, forKey: Key(key))
  }

  /// The text of a key that may be left out.
  ///
  /// - Throws: `DecodingError` where it is empty, or no text.
  public func text(_ key: String) throws -> String? {
    guard let text = try optional(String.self, key) else { return nil }
    guard text.contains(where: { !$0.isWhitespace }) else { throw failure(key, "is empty") }
    return text
  }

  /// The text of a key.
  ///
  /// - Throws: `DecodingError` where it is missing, empty, or no text.
  public func requiredText(_ key: String) throws -> String {
    guard let text = try text(key) else { throw failure(key, "is missing") }
    return text
  }

  /// One of the spellings of an enumeration.
  ///
  /// - Throws: `DecodingError` where it is none of them.
  public func choice<Value: RawRepresentable<String> & CaseIterable>(_ key: String) throws -> Value?
  {
    guard let text = try text(key) else { return nil }
    guard let value = Value(rawValue: text) else {
      let choices = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(key, "'\(text)' is none of \(choices)")
    }
    return value
  }

  /// What is wrong with the value of `key`.
  public func failure(_ key: String, _ message: String) -> DecodingError {
    .dataCorrupted(
      .init(codingPath: container.codingPath + [Key(key)], debugDescription: message))
  }
}
