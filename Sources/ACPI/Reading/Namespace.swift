/// The objects that a set of tables declares, as they lie in the bytes: nothing is run.
///
/// Everything is a view: ``Object`` and ``Value`` are a number and a reference to the namespace, and
/// know their byte offsets. What can't be read is among ``problems``, and the rest is there.
///
/// **Source:** ACPI 6.5, chapter 20 and section 5.3.
public final class Namespace: Sendable {
  /// The tables, in the order given.
  public let tables: [TableImage]
  /// What is wrong with the AML, in the order in which it was read: the DSDT first.
  public let problems: [ACPIError]
  /// The number of the table that each of ``problems`` is in.
  public let problemTables: [Int]
  /// The limit at which reading ended, and the number of the table; nil where all was read.
  ///
  /// It is no fault of the tables, and what is left out makes the rest mean little.
  public let limitPassed: (error: ACPIError, table: Int)?
  /// What reading may take.
  public let limits: ACPILimits
  let records: [TermRecord]
  let names: NameTable
  /// Whether integers have 64 bits: the DSDT decides, or else the first table.
  ///
  /// **Source:** ACPI 6.5, section 19.6.28, ComplianceRevision.
  public let has64BitIntegers: Bool
  /// The record of each table, by its number.
  private let tableRecords: [Int?]

  /// Reads the AML of `tables`; tables without any are kept, and nothing is read of them.
  public init(_ tables: [TableImage], limits: ACPILimits = ACPILimits()) {
    var builder = NamespaceBuilder(limits: limits)
    builder.read(tables)
    self.tables = tables
    problems = builder.problems
    problemTables = builder.problemTables
    limitPassed = builder.limitPassed.map { ($0, builder.limitTable) }
    self.limits = limits
    records = builder.records
    names = builder.names
    let withAML = tables.filter(\.hasAML)
    let first = withAML.first { $0.header.signature == "DSDT" } ?? withAML.first
    has64BitIntegers = (first?.header.revision ?? 2) >= 2
    var tableRecords = [Int?](repeating: nil, count: tables.count)
    var record = 0
    while record < records.count {
      tableRecords[Int(records[record].table)] = record
      record = Int(records[record].subtreeEnd)
    }
    self.tableRecords = tableRecords
  }

  /// Reads the AML of one file, with one table or several.
  ///
  /// What is wrong with headers and checksums is told by ``TableFile``.
  ///
  /// - Throws: ``ACPIError`` where the file has no table.
  public convenience init(
    file: [UInt8], limits: ACPILimits = ACPILimits()
  ) throws(ACPIError) {
    self.init(try TableFile(file, limits: limits).tables, limits: limits)
  }

  /// The root, `\`.
  public var root: Object { Object(namespace: self, number: 0) }

  /// Every object, in the order in which names are first met; objects that exist only while a method
  /// runs are left out.
  public var objects: [Object] {
    names.records.indices.filter { !names.records[$0].isTemporary }
      .map { Object(namespace: self, number: UInt32($0)) }
  }

  /// Every device, in the same order: what a `Device` declares.
  public var devices: [Object] {
    objects.filter { $0.type == .device && $0.isDeclared }
  }

  /// The object of this path, `\_SB.PCI0`, as ``Object/path`` spells it.
  public func object(at path: String) -> Object? {
    guard let path = try? NamePath(path), path.isAbsolute else { return nil }
    var number: UInt32 = 0
    for segment in path.segments {
      guard let child = names.find(segment, below: number) else { return nil }
      number = child
    }
    return Object(namespace: self, number: number)
  }

  /// The record of a table; nil of one without AML.
  func record(ofTable number: Int) -> Int? {
    tableRecords.indices.contains(number) ? tableRecords[number] : nil
  }
}
