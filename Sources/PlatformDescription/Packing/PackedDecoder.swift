/// Reads one packed value.
struct PackedDecoder: Decoder {
  let reader: PackedReader
  /// Where the value is.
  let position: Int

  // For messages to authors, of whom a packed model has none.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(PackedObject(try PackedFields(self)))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard reader.tag(at: position) == .array else { throw mismatch([Any].self) }
    return PackedArray(reader, reader.entries(at: position))
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { PackedValue(self) }

  func mismatch(_ type: any Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: [], debugDescription: "another kind of value"))
  }

  var isNull: Bool { reader.tag(at: position) == .null }

  func flag() throws -> Bool {
    switch reader.tag(at: position) {
    case .yes: true
    case .no: false
    default: throw mismatch(Bool.self)
    }
  }

  func string() throws -> String {
    guard let string = reader.string(at: position) else { throw mismatch(String.self) }
    return string
  }

  func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws -> Value {
    guard let value: Value = reader.integer(at: position) else { throw mismatch(type) }
    return value
  }
}

/// Reads a value that is neither an object nor an array.
private struct PackedValue: SingleValueDecodingContainer {
  let decoder: PackedDecoder

  init(_ decoder: PackedDecoder) { self.decoder = decoder }

  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { decoder.isNull }
  func decode(_ type: Bool.Type) throws -> Bool { try decoder.flag() }
  func decode(_ type: String.Type) throws -> String { try decoder.string() }
  func decode(_ type: Int.Type) throws -> Int { try decoder.integer() }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer() }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer() }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer() }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer() }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer() }
  func decode(_ type: Double.Type) throws -> Double { throw decoder.mismatch(type) }
  func decode(_ type: Float.Type) throws -> Float { throw decoder.mismatch(type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }
}
