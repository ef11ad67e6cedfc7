/// A value that is packed and read without the containers of `Codable`.
///
/// Those cost more than what is in them, since each is a generic type that the runtime has to look up. So the
/// values that a platform has by the thousand say themselves what is packed: exactly what `encode(to:)` would,
/// because the form is read by its keys, whoever reads it. What says nothing goes through `Codable`.
protocol Packable: Codable {
  /// Packs the value.
  ///
  /// - Throws: what its `encode(to:)` throws.
  func pack(into writer: PackedWriter) throws

  /// Reads the value.
  ///
  /// - Throws: `DecodingError` for another one.
  init(unpacking value: PackedDecoder) throws
}

extension Packable {
  func pack(into writer: PackedWriter) throws { try writer.append(self) }
  init(unpacking value: PackedDecoder) throws { try self.init(from: value) }
}

extension Packable where Self: RawRepresentable, RawValue == String {
  func pack(into writer: PackedWriter) { writer.append(rawValue) }

  init(unpacking value: PackedDecoder) throws {
    let text = try value.string()
    guard let known = Self(rawValue: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "'\(text)' is no \(Self.self)"))
    }
    self = known
  }
}

extension String: Packable {
  func pack(into writer: PackedWriter) { writer.append(self) }
  init(unpacking value: PackedDecoder) throws { self = try value.string() }
}

extension Bool: Packable {
  func pack(into writer: PackedWriter) { writer.append(self) }
  init(unpacking value: PackedDecoder) throws { self = try value.flag() }
}

extension Int: Packable {
  func pack(into writer: PackedWriter) { writer.append(integer: self) }
  init(unpacking value: PackedDecoder) throws { self = try value.integer() }
}

extension UInt32: Packable {
  func pack(into writer: PackedWriter) { writer.append(integer: self) }
  init(unpacking value: PackedDecoder) throws { self = try value.integer() }
}

extension Array: Packable where Element: Packable {
  func pack(into writer: PackedWriter) throws {
    try writer.appendEntries(.array) {
      for element in self { try element.pack(into: writer) }
    }
  }

  init(unpacking value: PackedDecoder) throws {
    guard value.reader.tag(at: value.position) == .array else {
      throw value.mismatch([Any].self)
    }
    let entries = value.reader.entries(at: value.position)
    self = []
    var position = entries.lowerBound
    while position < entries.upperBound {
      append(try Element(unpacking: PackedDecoder(reader: value.reader, position: position)))
      position = value.reader.end(of: position)
    }
  }
}
