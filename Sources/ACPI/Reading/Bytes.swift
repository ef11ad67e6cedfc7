extension [UInt8] {
  /// The little-endian 16-bit number at `offset`; the caller has checked that it is there.
  func littleEndian16(at offset: Int) -> UInt16 {
    UInt16(self[offset]) | UInt16(self[offset + 1]) << 8
  }

  /// The little-endian 32-bit number at `offset`; the caller has checked that it is there.
  func littleEndian32(at offset: Int) -> UInt32 {
    UInt32(littleEndian16(at: offset)) | UInt32(littleEndian16(at: offset + 2)) << 16
  }

  /// The little-endian 64-bit number at `offset`; the caller has checked that it is there.
  func littleEndian64(at offset: Int) -> UInt64 {
    UInt64(littleEndian32(at: offset)) | UInt64(littleEndian32(at: offset + 4)) << 32
  }

  /// The text at `range` up to its first NUL, without spaces at its end.
  func text(at range: Range<Int>) -> String {
    var bytes = self[range].prefix { $0 != 0 }
    while bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
