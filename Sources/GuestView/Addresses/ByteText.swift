import DeviceTree

/// Numbers as a person reads them: addresses in hexadecimal, sizes in binary units.
public enum ByteText {
  /// `0x5f000000`.
  public static func hex(_ number: some BinaryInteger) -> String {
    "0x" + String(number, radix: 16)
  }

  /// `8 MiB`, `1.5 MiB`, `2047 bytes`: in the largest unit that needs no more than one decimal.
  public static func size(_ bytes: some BinaryInteger) -> String {
    SizeText.words(UInt128(clamping: bytes))
  }

  /// `0x400 (1 KiB)`: a size as the tree has it and as a person says it.
  public static func hexAndSize(_ bytes: some BinaryInteger) -> String {
    "\(hex(bytes)) (\(size(bytes)))"
  }
}
