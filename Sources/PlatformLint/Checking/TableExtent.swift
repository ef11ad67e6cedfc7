public import ACPI

/// How far the rules look into a table.
public enum TableExtent: String, Sendable {
  /// What it says is judged.
  case contents
  /// Its header, its checksum, and the parts that it is made of; not what they say.
  case parts
  /// Its header and its checksum.
  case header

  /// Tables without AML that rules read.
  private static let read: Set<String> = [
    "APIC", "DBG2", "FACP", "GTDT", "IORT", "MCFG", "SPCR", "VIOT",
  ]

  /// How far they look into `table`.
  public init(_ table: TableImage) {
    let signature = table.header.signature
    self =
      table.hasAML || Self.read.contains(signature)
      ? .contents : TableStructure.knows(signature) ? .parts : .header
  }
}
