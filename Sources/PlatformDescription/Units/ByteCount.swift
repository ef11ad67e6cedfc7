/// A size in bytes, written with its unit: `.mib(8)`.
public struct ByteCount: Sendable, Hashable, Comparable {
  /// The number of bytes.
  public var bytes: UInt64

  /// `count` bytes.
  public static func bytes(_ count: UInt64) -> ByteCount { ByteCount(bytes: count) }

  /// `count` × 1,024 bytes.
  public static func kib(_ count: UInt64) -> ByteCount { ByteCount(count, times: 1 << 10) }

  /// `count` × 1,024² bytes.
  public static func mib(_ count: UInt64) -> ByteCount { ByteCount(count, times: 1 << 20) }

  /// `count` × 1,024³ bytes.
  public static func gib(_ count: UInt64) -> ByteCount { ByteCount(count, times: 1 << 30) }

  init(bytes: UInt64) { self.bytes = bytes }

  /// A product that leaves 64 bits stops at the end, where the checker finds that nothing fits.
  init(_ count: UInt64, times unit: UInt64) {
    let (product, overflow) = count.multipliedReportingOverflow(by: unit)
    bytes = overflow ? .max : product
  }

  /// Orders by size.
  public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }

  /// The sum of two sizes.
  public static func + (left: Self, right: Self) -> Self {
    let (sum, overflow) = left.bytes.addingReportingOverflow(right.bytes)
    return ByteCount(bytes: overflow ? .max : sum)
  }

  /// A size times a count; none for a negative one.
  public static func * (size: Self, count: Int) -> Self {
    ByteCount(size.bytes, times: UInt64(max(count, 0)))
  }
}

extension ByteCount: CustomStringConvertible {
  /// The size in the largest unit that leaves no fraction: `8 MiB`.
  public var description: String {
    let units: [(UInt64, String)] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    for (unit, name) in units where bytes >= unit && bytes % unit == 0 {
      return "\(bytes / unit) \(name)"
    }
    return bytes == 1 ? "1 byte" : "\(bytes) bytes"
  }
}

extension ByteCount: Codable {
  /// Reads a hexadecimal string, `"0x800000"`.
  ///
  /// - Throws: `DecodingError` for anything else.
  public init(from decoder: any Decoder) throws { bytes = try UInt64(hexFrom: decoder) }

  /// Writes a hexadecimal string, as addresses are written.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    try ("0x" + String(bytes, radix: 16)).encode(to: encoder)
  }
}
