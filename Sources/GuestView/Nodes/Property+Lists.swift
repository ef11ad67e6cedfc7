public import DeviceTree

extension FlattenedTree.Property {
  /// Whether the string list holds `text`, as Linux compares `compatible`: without regard to case.
  ///
  /// **Source:** Linux `include/linux/of.h`, `of_compat_cmp`.
  public func listsCompatible(_ text: StaticString) -> Bool {
    position(inList: text) != nil
  }

  /// The position of `text` in the string list, from 0.
  func position(inList text: StaticString) -> Int? {
    let bytes = tree.bytes
    let end = byteRange.upperBound
    var start = byteRange.lowerBound
    var position = 0
    while start < end {
      var stop = start
      while stop < end, bytes[stop] != 0 { stop += 1 }
      if equals(text, bytes, start..<stop) { return position }
      position += 1
      start = stop + 1
    }
    return nil
  }

  /// Whether the value is exactly `text` and its NUL.
  public func isString(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount + 1, bytes.last == 0 else { return false }
    return text.description.utf8.elementsEqual(bytes.dropLast())
  }

  private func equals(_ text: StaticString, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard text.utf8CodeUnitCount == range.count else { return false }
    var position = range.lowerBound
    for byte in text.description.utf8 {
      if lowercase(byte) != lowercase(bytes[position]) { return false }
      position += 1
    }
    return true
  }

  private func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

extension FlattenedTree.Node {
  /// Whether `compatible` lists `text`, as Linux compares it.
  public func isCompatible(_ text: StaticString) -> Bool {
    property("compatible")?.listsCompatible(text) ?? false
  }
}
