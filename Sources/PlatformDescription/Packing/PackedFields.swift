/// The entries of a packed object, by their keys.
struct PackedFields {
  let reader: PackedReader
  let entries: Range<Int>
  /// Where the next key is, if they come in the order in which they were written.
  private var next: Int

  init(_ reader: PackedReader, _ entries: Range<Int>) {
    self.reader = reader
    self.entries = entries
    next = entries.lowerBound
  }

  /// - Throws: `DecodingError` where `value` is no object.
  init(_ value: PackedDecoder) throws {
    guard value.reader.tag(at: value.position) == .object else {
      throw value.mismatch([String: Any].self)
    }
    self.init(value.reader, value.reader.entries(at: value.position))
  }

  /// The value of the key `name`; nil for none.
  mutating func find(_ name: String) -> PackedDecoder? {
    if let found = find(name, from: next, to: entries.upperBound) { return found }
    return find(name, from: entries.lowerBound, to: next)
  }

  private mutating func find(_ name: String, from start: Int, to end: Int) -> PackedDecoder? {
    var position = start
    while position < end {
      let isIt = reader.key(at: &position) == name
      let value = position
      position = reader.end(of: position)
      if isIt {
        next = position
        return PackedDecoder(reader: reader, position: value)
      }
    }
    return nil
  }

  /// The value of the key `name`, where there is no other key.
  func only(_ name: String) -> PackedDecoder? {
    var position = entries.lowerBound
    guard position < entries.upperBound, reader.key(at: &position) == name,
      reader.end(of: position) == entries.upperBound
    else { return nil }
    return PackedDecoder(reader: reader, position: position)
  }

  /// The value of the key `name`.
  ///
  /// - Throws: `DecodingError` where there is none, or one of another kind.
  mutating func value<Value: Packable>(_ name: String) throws -> Value {
    guard let found = find(name) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "there is no key '\(name)'"))
    }
    return try Value(unpacking: found)
  }

  /// The value of the key `name`; nil where it is left out.
  ///
  /// - Throws: `DecodingError` for a value of another kind.
  mutating func valueIfPresent<Value: Packable>(_ name: String) throws -> Value? {
    guard let found = find(name), !found.isNull else { return nil }
    return try Value(unpacking: found)
  }
}
