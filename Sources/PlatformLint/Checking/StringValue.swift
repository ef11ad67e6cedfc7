import DeviceTree

/// Values that are text.
enum StringValue {
  /// Whether the value is one string: its only NUL is its last byte.
  static func isString(_ property: FlattenedTree.Property) -> Bool {
    property.stringCount == 1 && isList(property)
  }

  /// Whether the value is a list of strings, or empty.
  static func isList(_ property: FlattenedTree.Property) -> Bool {
    property.count == 0 || property.isTerminated
  }

  /// The number of strings.
  static func count(of property: FlattenedTree.Property) -> Int {
    property.stringCount
  }
}
