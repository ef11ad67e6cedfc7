/// A table of AML: the DSDT, or an SSDT.
///
/// **Source:** ACPI 6.5, sections 5.2.11 and 19.6.28.
public struct DefinitionBlock: Hashable, Sendable {
  /// Signature, revision and names; revision 2 gives integers 64 bits.
  public var header: TableHeader
  /// Objects of other tables that this one names; they stand in front.
  public var externals: [External]
  /// The terms, in order.
  public var terms: [Term]

  /// A table of these terms.
  public init(_ header: TableHeader, externals: [External] = [], _ terms: [Term]) {
    self.header = header
    self.externals = externals
    self.terms = terms
  }

  /// An SSDT with 64-bit integers.
  ///
  /// - Parameters:
  ///   - oemTableID: Up to eight characters; Linux takes a table for the same that has the same.
  ///   - externals: Objects of other tables that this one names.
  ///   - terms: The terms, in order.
  /// - Returns: The table.
  public static func ssdt(
    _ oemTableID: String, externals: [External] = [], _ terms: [Term]
  ) -> DefinitionBlock {
    DefinitionBlock(
      TableHeader("SSDT", revision: 2, oemTableID: oemTableID), externals: externals, terms)
  }

  /// The whole table.
  ///
  /// - Throws: ``ACPIError`` where a name, a value or a length has no encoding.
  public func bytes() throws(ACPIError) -> [UInt8] { try header.table(body()) }

  /// What follows the header.
  func body() throws(ACPIError) -> [UInt8] {
    var writer = AMLWriter(revision: header.revision, capacity: 1 << 12)
    try writer.write(terms)
    // An interpreter from before ExternalOp never looks into what `If (Zero)` holds back.
    if !externals.isEmpty {
      try writer.write(.if(.integer(0), externals.map(Term.external), else: nil))
    }
    return writer.out.bytes
  }
}

extension Term {
  /// The bytes of this term alone, as a table of revision 2 has it.
  ///
  /// - Throws: ``ACPIError`` where a name, a value or a length has no encoding.
  public func bytes() throws(ACPIError) -> [UInt8] {
    var writer = AMLWriter(revision: 2)
    try writer.write(self)
    return writer.out.bytes
  }
}
