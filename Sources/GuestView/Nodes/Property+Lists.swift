public import DeviceTree

extension FlattenedTree.Property {
  /// Whether the string list holds `text`, as Linux compares `compatible`: without regard to case.
  ///
  /// **Source:** Linux `include/linux/of.h`, `of_compat_cmp`.
  public func listsCompatible(_ text: String) -> Bool { lists(text, ignoringCase: true) }

  /// Whether the value is exactly `text` and its NUL.
  public func isString(_ text: String) -> Bool {
    count == text.utf8.count + 1 && startsWithString(text)
  }
}

extension FlattenedTree.Node {
  /// Whether `compatible` lists `text`, as Linux compares it.
  public func isCompatible(_ text: String) -> Bool {
    property("compatible")?.listsCompatible(text) ?? false
  }
}
