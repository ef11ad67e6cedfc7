/// One table as it lies in a file.
public struct TableImage: Sendable {
  /// The whole file.
  public let file: [UInt8]
  /// Where the table lies in it, as far as the file goes.
  public let byteRange: Range<Int>
  /// The header, without length and checksum; of the FACS and the RSDP, its signature alone.
  public let header: TableHeader
  /// The length that the table claims, in bytes.
  public let claimedLength: Int

  /// Whether AML follows the header.
  ///
  /// **Source:** ACPI 6.5, section 5.2.11.
  public var hasAML: Bool { ["DSDT", "SSDT", "PSDT"].contains(header.signature) }

  /// The table alone.
  public var bytes: [UInt8] { Array(file[byteRange]) }

  /// Where what follows the header lies in the file.
  public var bodyByteRange: Range<Int> {
    min(byteRange.lowerBound + TableHeader.size, byteRange.upperBound)..<byteRange.upperBound
  }
}
