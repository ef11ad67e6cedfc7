/// Where the search for tables starts.
///
/// **Source:** ACPI 6.5, section 5.2.5.3.
public struct RSDP: Hashable, Sendable {
  /// The address of the ``XSDT``.
  public var xsdt: UInt64

  /// A pointer to this table.
  public init(xsdt: UInt64) { self.xsdt = xsdt }

  /// Reads the structure.
  ///
  /// - Throws: ``ACPIError`` where it is another, or has no XSDT.
  public init(_ image: TableImage) throws(ACPIError) {
    xsdt = try TableReader(image, "RSD PTR ").quadWord(24)
  }

  /// The 36 bytes.
  public var bytes: [UInt8] {
    var bytes = Array("RSD PTR \0DTGEN ".utf8) + [2, 0, 0, 0, 0]
    bytes[8] = 0 &- bytes.reduce(0, &+)
    bytes += littleEndian(UInt32(36)) + littleEndian(xsdt) + [0, 0, 0, 0]
    bytes[32] = 0 &- bytes.reduce(0, &+)
    return bytes
  }
}
