/// The processors and interrupt controllers: the table `APIC`.
///
/// **Source:** ACPI 6.5, section 5.2.12.
public struct MADT: Hashable, Sendable {
  /// The address of the local APICs; 0 where there are none.
  public var localAPICAddress: UInt32
  /// b0: there is a pair of 8259s, too.
  public var flags: UInt32
  /// The processors and controllers, in order.
  public var entries: [MADTEntry]
  /// Where each entry stands in its file; empty of a table that wasn't read.
  public var byteOffsets: [Int] = []

  /// A table of these entries.
  public init(localAPICAddress: UInt32 = 0, flags: UInt32 = 0, _ entries: [MADTEntry]) {
    self.localAPICAddress = localAPICAddress
    self.flags = flags
    self.entries = entries
  }

  /// Reads the table.
  ///
  /// - Throws: ``ACPIError`` where it is another, or cut short.
  public init(_ image: TableImage) throws(ACPIError) {
    let reader = try TableReader(image, "APIC")
    localAPICAddress = try reader.doubleWord(36)
    flags = try reader.doubleWord(40)
    entries = []
    var offset = 44
    while offset < reader.count {
      let length = Int(try reader.byte(offset + 1))
      guard length >= 2 else {
        throw ACPIError(
          .badLength, "an entry of APIC of \(length) bytes", byteOffset: reader.place(offset + 1))
      }
      entries.append(
        try MADTEntry(reader.part(offset, length, "an entry of APIC")))
      byteOffsets.append(reader.place(offset))
      offset += length
    }
  }

  /// The whole table.
  ///
  /// - Throws: ``ACPIError/Code/notWritable``.
  public func bytes() throws(ACPIError) -> [UInt8] {
    var body = TableBody()
    body.add(localAPICAddress)
    body.add(flags)
    for entry in entries { try entry.write(to: &body) }
    // Revision 5 has GICs of 80 bytes, which every kernel takes; RISC-V came with 6.
    let isRISCV = entries.contains { if case .rintc = $0 { true } else { false } }
    let header = TableHeader("APIC", revision: isRISCV ? 6 : 5, oemTableID: "DTGENAPI")
    return try header.table(body.bytes)
  }
}
