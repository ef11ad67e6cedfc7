/// All tables of a guest, laid out one behind the other with the pointers between them.
///
/// **Source:** ACPI 6.5, sections 5.2.5 to 5.2.9: RSDP, XSDT and FADT lead to all the others.
public struct FirmwareTables: Sendable {
  /// Tables in memory.
  public struct Layout: Sendable {
    /// The address of the first byte.
    public var base: UInt64
    /// The RSDP, which is the first thing at ``base``.
    public var rsdp: [UInt8]
    /// The tables in order, with where each starts behind ``base``; the XSDT is the last.
    public var tables: [(offset: Int, bytes: [UInt8])]

    /// Everything, in one piece to be put at ``base``.
    public var bytes: [UInt8] {
      tables.reduce(into: rsdp) { bytes, table in
        bytes += [UInt8](repeating: 0, count: table.offset - bytes.count) + table.bytes
      }
    }
  }

  /// Whole tables, a DSDT and a FADT among them, but no XSDT.
  public var tables: [[UInt8]]

  /// A set of these tables.
  public init(_ tables: [[UInt8]]) { self.tables = tables }

  /// Where `X_DSDT` is in the FADT.
  static let pointerOfFADT = 140

  /// Lays the tables out from `base` on, each at a multiple of 8 bytes.
  ///
  /// - Throws: ``ACPIError/Code/notWritable`` where there is no DSDT or no FADT, or they end behind the
  ///   last address.
  public func laidOut(at base: UInt64) throws(ACPIError) -> Layout {
    let size = tables.reduce(64 + 8 * tables.count) { $0 + $1.count + 8 }
    guard base.addingReportingOverflow(UInt64(size)).overflow == false else {
      throw ACPIError(.notWritable, "tables at \(hex(base)) end behind the last address")
    }
    let rsdpSize = 40
    let placed = placed(from: rsdpSize)
    guard let dsdt = placed.first(where: { Self.signature(of: $0.bytes) == "DSDT" }),
      let fadt = placed.firstIndex(where: { Self.signature(of: $0.bytes) == "FACP" }),
      placed[fadt].bytes.count >= Self.pointerOfFADT + 8
    else { throw ACPIError(.notWritable, "a set of tables without a DSDT and a FADT") }
    var tables = placed
    let pointer = littleEndian(base + UInt64(dsdt.offset))
    tables[fadt].bytes.replaceSubrange(Self.pointerOfFADT..<(Self.pointerOfFADT + 8), with: pointer)
    tables[fadt].bytes[9] &-= tables[fadt].bytes.reduce(0, &+)
    let addresses = tables.filter { Self.signature(of: $0.bytes) != "DSDT" }.map {
      base + UInt64($0.offset)
    }
    let end = tables.last.map { Self.aligned($0.offset + $0.bytes.count) } ?? rsdpSize
    tables.append((end, try XSDT(addresses).bytes()))
    return Layout(base: base, rsdp: RSDP(xsdt: base + UInt64(end)).bytes, tables: tables)
  }

  private func placed(from start: Int) -> [(offset: Int, bytes: [UInt8])] {
    var offset = start
    return tables.map { table in
      defer { offset = Self.aligned(offset + table.count) }
      return (offset, table)
    }
  }

  private static func aligned(_ offset: Int) -> Int { (offset + 7) / 8 * 8 }

  /// The signature of a table.
  static func signature(of table: [UInt8]) -> String {
    String(decoding: table.prefix(4), as: UTF8.self)
  }
}
