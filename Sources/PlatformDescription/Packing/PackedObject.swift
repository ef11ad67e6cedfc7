/// Reads the entries of a packed object.
final class PackedObject<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private var fields: PackedFields

  init(_ fields: PackedFields) { self.fields = fields }

  var codingPath: [any CodingKey] { [] }

  var allKeys: [Key] {
    var keys: [Key] = []
    var position = fields.entries.lowerBound
    while position < fields.entries.upperBound {
      if let key = Key(stringValue: fields.reader.key(at: &position)) { keys.append(key) }
      position = fields.reader.end(of: position)
    }
    return keys
  }

  /// The value of `key`; nil for none.
  private func find(_ key: Key) -> PackedDecoder? { fields.find(key.stringValue) }

  /// - Throws: `DecodingError` where there is no `key`.
  private func value(_ key: Key) throws -> PackedDecoder {
    guard let found = find(key) else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: [], debugDescription: "there is no such key"))
    }
    return found
  }

  func contains(_ key: Key) -> Bool { find(key) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).flag() }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).string() }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key).integer() }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).integer() }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).integer() }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).integer() }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).integer() }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key).integer() }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).integer() }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key).integer() }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key).integer() }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key).integer() }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    throw try value(key).mismatch(type)
  }

  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    throw try value(key).mismatch(type)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try Value(from: value(key))
  }

  // One look instead of three for what most values leave out.
  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    guard let found = find(key), !found.isNull else { return nil }
    return try Value(from: found)
  }

  func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Inner> {
    try value(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try value(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    throw DecodingError.dataCorrupted(
      .init(codingPath: [], debugDescription: "a noun has no superclass"))
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
}
