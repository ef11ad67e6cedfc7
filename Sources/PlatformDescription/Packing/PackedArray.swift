/// Reads the entries of a packed array.
struct PackedArray: UnkeyedDecodingContainer {
  private let reader: PackedReader
  private let end: Int
  private var next: Int
  private(set) var currentIndex = 0

  init(_ reader: PackedReader, _ entries: Range<Int>) {
    self.reader = reader
    end = entries.upperBound
    next = entries.lowerBound
  }

  var codingPath: [any CodingKey] { [] }
  // Nobody has counted them.
  var count: Int? { nil }
  var isAtEnd: Bool { next >= end }

  /// - Throws: `DecodingError` where there is no other entry.
  private mutating func value() throws -> PackedDecoder {
    guard !isAtEnd else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "there are too few entries"))
    }
    let decoder = PackedDecoder(reader: reader, position: next)
    next = reader.end(of: next)
    currentIndex += 1
    return decoder
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, reader.tag(at: next) == .null else { return false }
    return try value().isNull
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try value().flag() }
  mutating func decode(_ type: String.Type) throws -> String { try value().string() }
  mutating func decode(_ type: Int.Type) throws -> Int { try value().integer() }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try value().integer() }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try value().integer() }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try value().integer() }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try value().integer() }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try value().integer() }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try value().integer() }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try value().integer() }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try value().integer() }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try value().integer() }
  mutating func decode(_ type: Double.Type) throws -> Double { throw try value().mismatch(type) }
  mutating func decode(_ type: Float.Type) throws -> Float { throw try value().mismatch(type) }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try Value(from: value())
  }

  mutating func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type
  ) throws -> KeyedDecodingContainer<Inner> {
    try value().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try value().unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder { try value() }
}
