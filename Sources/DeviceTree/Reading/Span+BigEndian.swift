extension Span<UInt8> {
  /// The big-endian 32-bit number at `offset`, whatever its alignment.
  ///
  /// The caller has checked that four bytes are there; the span checks again.
  func bigEndian32(at offset: Int) -> UInt32 {
    // SAFETY: the load checks that the bytes are there, and any bits make a number.
    UInt32(bigEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The big-endian 64-bit number at `offset`, whatever its alignment.
  func bigEndian64(at offset: Int) -> UInt64 {
    UInt64(bigEndian32(at: offset)) << 32 | UInt64(bigEndian32(at: offset + 4))
  }
}

/// `value` as messages show numbers: `0x` and lower-case digits.
func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
