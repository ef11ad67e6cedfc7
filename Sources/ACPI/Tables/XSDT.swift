/// Where all other tables are: the table `XSDT`.
///
/// **Source:** ACPI 6.5, section 5.2.8.
public struct XSDT: Hashable, Sendable {
  /// The addresses of the tables; the DSDT is found through the ``FADT``.
  public var addresses: [UInt64]

  /// A table of these addresses.
  public init(_ addresses: [UInt64]) { self.addresses = addresses }

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, or cut short.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "XSDT")
    addresses = []
    for offset in stride(from: TableHeader.size, to: reader.count, by: 8) {
      addresses.append(try reader.quadWord(offset))
    }
  }

  /// The whole table.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``.
  public func bytes() throws(ACPIError) -> [UInt8] {
    try TableHeader("XSDT", revision: 1, oemTableID: "DTGENXSD")
      .table(addresses.flatMap { littleEndian($0) })
  }
}
