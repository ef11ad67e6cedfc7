import DeviceTree

/// Values that are text.
enum StringValue {
  /// Whether the value is one string: its only NUL is its last byte.
  static func isString(_ property: FlattenedTree.Property) -> Bool {
    property.bytes.firstIndex(of: 0).map { $0 == property.byteRange.upperBound - 1 } ?? false
  }

  /// Whether the value is a list of strings, or empty.
  static func isList(_ property: FlattenedTree.Property) -> Bool {
    property.count == 0 || property.bytes.last == 0
  }

  /// The number of strings.
  static func count(of property: FlattenedTree.Property) -> Int {
    property.bytes.count { $0 == 0 }
  }
}
