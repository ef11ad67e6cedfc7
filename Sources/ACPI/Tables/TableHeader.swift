/// The 36 bytes that nearly every table of ACPI starts with.
///
/// **Source:** ACPI 6.5, section 5.2.6, table 5.4.
public struct TableHeader: Hashable, Sendable {
  /// The size of a header, in bytes.
  public static let size = 36

  /// Four characters: `DSDT`, `SSDT`, `APIC`.
  public var signature: String
  /// 1 where AML's integers have 32 bits, 2 and above for 64; of other tables, their version.
  public var revision: UInt8
  /// Up to six characters for whoever made the machine.
  public var oemID: String
  /// Up to eight characters for the table.
  public var oemTableID: String
  /// A number that grows.
  public var oemRevision: UInt32
  /// Up to four characters for the program that made the table.
  public var creatorID: String
  /// The version of that program.
  public var creatorRevision: UInt32

  /// A header with what this package puts into every table: the same input has to give the same bytes.
  ///
  /// - Parameters:
  ///   - signature: Four characters.
  ///   - revision: The version of the table; 2 for AML with 64 bits.
  ///   - oemTableID: Up to eight characters for the table.
  public init(_ signature: String, revision: UInt8, oemTableID: String) {
    self.signature = signature
    self.revision = revision
    oemID = "DTGEN"
    self.oemTableID = oemTableID
    oemRevision = 1
    creatorID = "DTGN"
    creatorRevision = 1
  }

  /// A whole table: the header with length and checksum, and `body` behind it.
  ///
  /// - Throws: ``ACPIError/Code/notWritable`` where a text is too long or not ASCII, or the table too
  ///   large.
  public func table(_ body: [UInt8]) throws(ACPIError) -> [UInt8] {
    guard let length = UInt32(exactly: Self.size + body.count) else {
      throw ACPIError(.notWritable, "a table of more than 4 GiB")
    }
    guard signature.utf8.count == 4 else {
      throw ACPIError(.notWritable, "'\(sanitised(signature))' is no signature of four characters")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(length))
    bytes += try padded(signature, to: 4)
    bytes += littleEndian(length)
    bytes += [revision, 0]
    bytes += try padded(oemID, to: 6)
    bytes += try padded(oemTableID, to: 8)
    bytes += littleEndian(oemRevision)
    bytes += try padded(creatorID, to: 4)
    bytes += littleEndian(creatorRevision)
    bytes += body
    bytes[9] = 0 &- bytes.reduce(0, &+)
    return bytes
  }

  private func padded(_ text: String, to count: Int) throws(ACPIError) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.count <= count, bytes.allSatisfy({ (0x20...0x7e).contains($0) }) else {
      throw ACPIError(
        .notWritable, "'\(sanitised(text))' is more than \(count) characters, or not ASCII")
    }
    return bytes + [UInt8](repeating: 0x20, count: count - bytes.count)
  }
}
