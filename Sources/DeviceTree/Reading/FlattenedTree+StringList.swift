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
      var stop = start
      while stop < range.upperBound, bytes[stop] != 0 { stop += 1 }
      if stop - start == wanted.count,
        bytes.holds(wanted, at: start, ignoringCase: ignoringCase)
      {
        return true
      }
      start = stop + 1
    }
    return false
  }

  /// Whether the value up to its first NUL, or to its end, is `text`; no string is made.
  public func startsWithString(_ text: String) -> Bool {
    let wanted = text.utf8.span
    let range = byteRange
    guard range.count >= wanted.count else { return false }
    let file = tree.bytes
    let bytes = file.span
    let end = range.lowerBound + wanted.count
    return bytes.holds(wanted, at: range.lowerBound, ignoringCase: false)
      && (end == range.upperBound || bytes[end] == 0)
  }
}

extension Span<UInt8> {
  /// Whether the bytes from `offset`, of which there must be enough, are those of `other`.
  func holds(
    _ other: borrowing Span<UInt8>, at offset: Int, ignoringCase: Bool
  ) -> Bool {
    for position in 0..<other.count {
      let (left, right) = (self[offset + position], other[position])
      if left != right, !ignoringCase || lowercase(left) != lowercase(right) { return false }
    }
    return true
  }

  private func lowercase(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
