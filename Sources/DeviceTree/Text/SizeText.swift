/// Sizes as a person reads them.
public enum SizeText {
  /// `8 MiB`, `1.5 MiB`, `2047 bytes`: in the largest unit that needs no more than one decimal.
  public static func words(_ bytes: UInt128) -> String {
    for (shift, unit) in [
      (60, "EiB"), (50, "PiB"), (40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB"),
    ] {
      let whole: UInt128 = 1 << UInt128(shift)
      guard bytes >= whole else { continue }
      if bytes % whole == 0 { return "\(bytes >> UInt128(shift)) \(unit)" }
      let tenths = bytes.multipliedReportingOverflow(by: 10)
      if !tenths.overflow, tenths.partialValue % whole == 0 {
        return "\(tenths.partialValue / whole / 10).\(tenths.partialValue / whole % 10) \(unit)"
      }
    }
    return bytes == 1 ? "1 byte" : "\(bytes) bytes"
  }
}
