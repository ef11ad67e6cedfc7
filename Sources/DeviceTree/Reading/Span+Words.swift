extension Span<UInt8> {
  /// The offset of the first `byte` in `start..<end`.
  func first(_ byte: UInt8, from start: Int, to end: Int) -> Int? {
    var offset = start
    let wanted = UInt64(byte) &* Self.ones
    while offset + 8 <= end {
      // A byte that is wanted becomes zero, and only in a zero does borrowing reach the high bit first.
      let word = word(at: offset) ^ wanted
      let zeros = (word &- Self.ones) & ~word & (Self.ones << 7)
      if zeros != 0 { return offset + zeros.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < end {
      if self[offset] == byte { return offset }
      offset += 1
    }
    return nil
  }

  /// Whether the bytes from `offset`, of which there must be enough, are those of `other`.
  func holds(_ other: borrowing Span<UInt8>, at offset: Int) -> Bool {
    var position = 0
    while position + 8 <= other.count {
      if word(at: offset + position) != other.word(at: position) { return false }
      position += 8
    }
    while position < other.count {
      if self[offset + position] != other[position] { return false }
      position += 1
    }
    return true
  }

  /// The same without regard to the case of ASCII letters.
  func holds(_ other: borrowing Span<UInt8>, ignoringCaseAt offset: Int) -> Bool {
    for position in 0..<other.count {
      let (left, right) = (self[offset + position], other[position])
      if left != right, lowercase(left) != lowercase(right) { return false }
    }
    return true
  }

  /// A number made from the length, the first and the last bytes of the text at `range`: the same for
  /// texts that differ in nothing but the case of letters.
  func hash(of range: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count)
    if range.count >= 8 {
      hash ^= word(at: range.lowerBound) | Self.ones << 5
      hash = hash &* Self.golden
      hash ^= hash >> 32
      hash ^= word(at: range.upperBound - 8) | Self.ones << 5
    } else {
      for offset in range { hash = hash << 8 ^ UInt64(self[offset] | 0x20) }
    }
    hash = hash &* Self.golden
    return hash ^ hash >> 32
  }

  /// A number made from all bytes of the text at `range`, another one in every process.
  func unknownHash(of range: Range<Int>) -> UInt64 {
    var hasher = Hasher()
    for offset in range { hasher.combine(self[offset]) }
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }

  /// 1 in each byte.
  private static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// 2^64 divided by the golden ratio: a factor that spreads numbers that are close.
  private static var golden: UInt64 { 0x9e37_79b9_7f4a_7c15 }

  /// The eight bytes at `offset`, the first one in the lowest place.
  private func word(at offset: Int) -> UInt64 {
    // SAFETY: the load checks that the bytes are there, and any bits make a number.
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  private func lowercase(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
