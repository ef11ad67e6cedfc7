// The same questions as the generic ones, for strings: a caller in another module pays for neither a
// generic call nor an object that it doesn't look at. A checker asks them some thousand times a tree.

extension FlattenedTree.Node {
  /// The first property of this name, as libfdt and Linux would find it.
  public func property(_ name: String) -> FlattenedTree.Property? {
    let wanted = name.utf8.span
    let file = tree.bytes
    let bytes = file.span
    let record = tree.nodeRecords[index]
    let first = Int(record.firstProperty)
    for position in first..<(first + Int(record.propertyCount)) {
      let property = tree.propertyRecords[position]
      guard Int(property.nameLength) == wanted.count,
        bytes.holds(wanted, at: Int(property.nameOffset))
      else { continue }
      return FlattenedTree.Property(tree: tree, index: position)
    }
    return nil
  }

  /// Whether there is a property of this name.
  public func has(_ name: String) -> Bool { property(name) != nil }

  /// Whether the name, unit address included, is `name`.
  public func isNamed(_ name: String) -> Bool {
    let wanted = name.utf8.span
    let record = tree.nodeRecords[index]
    guard Int(record.nameLength) == wanted.count else { return false }
    let file = tree.bytes
    return file.span.holds(wanted, at: Int(record.nameOffset))
  }
}

extension FlattenedTree.Property {
  /// Whether the name is `name`.
  public func isNamed(_ name: String) -> Bool {
    let wanted = name.utf8.span
    let record = tree.propertyRecords[index]
    guard Int(record.nameLength) == wanted.count else { return false }
    let file = tree.bytes
    return file.span.holds(wanted, at: Int(record.nameOffset))
  }

  /// Whether the string list holds `text`; with `ignoringCase`, whether its letters are large or small.
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
        ignoringCase
          ? bytes.holdsIgnoringCase(wanted, at: start) : bytes.holds(wanted, at: start)
      {
        return true
      }
      start = stop + 1
    }
    return false
  }
}

extension Span<UInt8> {
  /// Whether the bytes from `offset` are those of `other`; the caller has checked that there are as many.
  func holds(_ other: borrowing Span<UInt8>, at offset: Int) -> Bool {
    for position in 0..<other.count where self[offset + position] != other[position] {
      return false
    }
    return true
  }

  /// The same without regard to the case of ASCII letters.
  func holdsIgnoringCase(_ other: borrowing Span<UInt8>, at offset: Int) -> Bool {
    for position in 0..<other.count
    where lowercase(self[offset + position]) != lowercase(other[position]) {
      return false
    }
    return true
  }

  private func lowercase(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
  }
}
