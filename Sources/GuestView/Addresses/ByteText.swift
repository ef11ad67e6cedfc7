/// Numbers as a person reads them: addresses in hexadecimal, sizes in binary units.
public enum ByteText {
  /// `0x5f000000`.
  public static func hex(_ number: some BinaryInteger) -> String {
    "0x" + String(number, radix: 16)
  }

  /// `8 MiB`, `1.5 MiB`, `2047 bytes`: in the largest unit that needs no more than one decimal.
  public static func size(_ bytes: some BinaryInteger) -> String {
    let bytes = UInt128(clamping: bytes)
    for (shift, unit) in [
      (60, "EiB"), (50, "PiB"), (40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB"),
    ] {
      let whole: UInt128 = 1 << UInt128(shift)
      guard bytes >= whole else { continue }
      if bytes % whole == 0 { return "\(bytes >> UInt128(shift)) \(unit)" }
      let tenths = bytes * 10
      if tenths % whole == 0 {
        return "\(tenths / whole / 10).\(tenths / whole % 10) \(unit)"
      }
    }
    return bytes == 1 ? "1 byte" : "\(bytes) bytes"
  }

  /// `0x400 (1 KiB)`: a size as the tree has it and as a person says it.
  public static func hexAndSize(_ bytes: some BinaryInteger) -> String {
    "\(hex(bytes)) (\(size(bytes)))"
  }
}
