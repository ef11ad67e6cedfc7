extension FlattenedTree.Property {
  /// Whether the value, read as a string list, holds `text`; no string is made.
  ///
  /// With `ignoringCase`, ASCII letters are equal whether they are large or small.
  public func lists(_ text: String, ignoringCase: Bool = false) -> Bool {
    let wanted = text.utf8.span
    let file = tree.bytes
    let bytes = file.span
    let range = byteRange
    guard range.count >= wanted.count else { return false }
    var start = range.lowerBound
    while start < range.upperBound {
      let stop = bytes.first(0, from: start, to: range.upperBound) ?? range.upperBound
      if stop - start == wanted.count,
        ignoringCase
          ? bytes.holds(wanted, ignoringCaseAt: start) : bytes.holds(wanted, at: start)
      {
        return true
      }
      start = stop + 1
    }
    return false
  }

  /// The number of NULs in the value, each of which ends a string.
  public var stringCount: Int {
    let file = tree.bytes
    let bytes = file.span
    var count = 0
    for offset in byteRange where bytes[offset] == 0 { count += 1 }
    return count
  }

  /// Whether the last byte of the value is a NUL.
  public var isTerminated: Bool {
    let range = byteRange
    return !range.isEmpty && tree.bytes[range.upperBound - 1] == 0
  }

  /// Whether the value up to its first NUL, or to its end, is `text`; no string is made.
  public func startsWithString(_ text: String) -> Bool {
    let wanted = text.utf8.span
    let range = byteRange
    guard range.count >= wanted.count else { return false }
    let file = tree.bytes
    let bytes = file.span
    let end = range.lowerBound + wanted.count
    return bytes.holds(wanted, at: range.lowerBound)
      && (end == range.upperBound || bytes[end] == 0)
  }
}
