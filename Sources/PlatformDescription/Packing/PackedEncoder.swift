/// Packs one value.
struct PackedEncoder: Encoder {
  let writer: PackedWriter
  /// Where the value starts.
  let start: Int

  // For messages to authors, of whom a packed model has none.
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    writer.open(.object, at: start)
    return KeyedEncodingContainer(PackedObjectWriter(writer: writer, start: start))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    writer.open(.array, at: start)
    return PackedArrayWriter(writer: writer, start: start)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    PackedValueWriter(writer: writer, start: start)
  }
}

/// Packs a value that is neither an object nor an array.
private struct PackedValueWriter: SingleValueEncodingContainer {
  let writer: PackedWriter
  let start: Int

  var codingPath: [any CodingKey] { [] }

  func encodeNil() { writer.append(.null) }
  func encode(_ value: Bool) { writer.append(value) }
  func encode(_ value: String) { writer.append(value) }
  func encode(_ value: Int) { writer.append(integer: value) }
  func encode(_ value: Int8) { writer.append(integer: value) }
  func encode(_ value: Int16) { writer.append(integer: value) }
  func encode(_ value: Int32) { writer.append(integer: value) }
  func encode(_ value: Int64) { writer.append(integer: value) }
  func encode(_ value: UInt) { writer.append(integer: value) }
  func encode(_ value: UInt8) { writer.append(integer: value) }
  func encode(_ value: UInt16) { writer.append(integer: value) }
  func encode(_ value: UInt32) { writer.append(integer: value) }
  func encode(_ value: UInt64) { writer.append(integer: value) }
  func encode(_ value: Double) { writer.refuse("a model has no fractions") }
  func encode(_ value: Float) { writer.refuse("a model has no fractions") }

  func encode(_ value: some Encodable) throws {
    try value.encode(to: PackedEncoder(writer: writer, start: start))
  }
}

/// Packs the entries of an object.
private struct PackedObjectWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: PackedWriter
  /// Where the object starts.
  let start: Int

  var codingPath: [any CodingKey] { [] }

  private func append(_ key: Key) {
    writer.goOn(start)
    writer.append(key: key.stringValue)
  }

  private func value(for key: Key) -> PackedValueWriter {
    append(key)
    return PackedValueWriter(writer: writer, start: writer.position)
  }

  func encodeNil(forKey key: Key) { value(for: key).encodeNil() }
  func encode(_ value: Bool, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: String, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: Int, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: Int8, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: Int16, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: Int32, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: Int64, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: UInt, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: UInt8, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: UInt16, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: UInt32, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: UInt64, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: Double, forKey key: Key) { self.value(for: key).encode(value) }
  func encode(_ value: Float, forKey key: Key) { self.value(for: key).encode(value) }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    append(key)
    try writer.append(value)
  }

  // One call instead of two for what most values leave out.
  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) }
  }

  // What the cases of an enumeration are encoded as.
  func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Inner> {
    append(key)
    return KeyedEncodingContainer(
      PackedObjectWriter<Inner>(writer: writer, start: writer.openNested(.object)))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    append(key)
    return PackedArrayWriter(writer: writer, start: writer.openNested(.array))
  }

  func superEncoder() -> any Encoder {
    writer.refuse("a noun has no superclass")
    return PackedEncoder(writer: writer, start: writer.position)
  }

  func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

/// Packs the entries of an array.
private struct PackedArrayWriter: UnkeyedEncodingContainer {
  let writer: PackedWriter
  /// Where the array starts.
  let start: Int
  var count = 0

  var codingPath: [any CodingKey] { [] }

  private mutating func goOn() {
    writer.goOn(start)
    count += 1
  }

  private mutating func value() -> PackedValueWriter {
    goOn()
    return PackedValueWriter(writer: writer, start: writer.position)
  }

  mutating func encodeNil() { value().encodeNil() }
  mutating func encode(_ value: Bool) { self.value().encode(value) }
  mutating func encode(_ value: String) { self.value().encode(value) }
  mutating func encode(_ value: Int) { self.value().encode(value) }
  mutating func encode(_ value: Int8) { self.value().encode(value) }
  mutating func encode(_ value: Int16) { self.value().encode(value) }
  mutating func encode(_ value: Int32) { self.value().encode(value) }
  mutating func encode(_ value: Int64) { self.value().encode(value) }
  mutating func encode(_ value: UInt) { self.value().encode(value) }
  mutating func encode(_ value: UInt8) { self.value().encode(value) }
  mutating func encode(_ value: UInt16) { self.value().encode(value) }
  mutating func encode(_ value: UInt32) { self.value().encode(value) }
  mutating func encode(_ value: UInt64) { self.value().encode(value) }
  mutating func encode(_ value: Double) { self.value().encode(value) }
  mutating func encode(_ value: Float) { self.value().encode(value) }

  mutating func encode(_ value: some Encodable) throws {
    goOn()
    try writer.append(value)
  }

  mutating func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type
  ) -> KeyedEncodingContainer<Inner> {
    goOn()
    return KeyedEncodingContainer(
      PackedObjectWriter<Inner>(writer: writer, start: writer.openNested(.object)))
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    goOn()
    return PackedArrayWriter(writer: writer, start: writer.openNested(.array))
  }

  mutating func superEncoder() -> any Encoder {
    writer.refuse("a noun has no superclass")
    return PackedEncoder(writer: writer, start: writer.position)
  }
}
