/// Appends numbers and byte strings in a form that reads back in one way only.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  /// Eight bytes, little-endian.
  mutating func append(_ number: UInt64) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }

  /// The count and then the bytes.
  mutating func append(_ string: [UInt8]) {
    append(UInt64(string.count))
    bytes += string
  }

  /// The count and then the bytes of the text.
  mutating func append(_ text: String) { append(Array(text.utf8)) }
}

/// Reads what ``ByteWriter`` wrote; nil where the bytes end too early.
struct ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Whether everything has been read.
  var isAtEnd: Bool { rest.isEmpty }

  /// Eight bytes, little-endian.
  mutating func number() -> UInt64? {
    guard rest.count >= 8 else { return nil }
    defer { rest = rest.dropFirst(8) }
    return rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A count and as many bytes.
  mutating func string() -> ArraySlice<UInt8>? {
    guard let count = number(), count <= UInt64(rest.count) else { return nil }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }
}
