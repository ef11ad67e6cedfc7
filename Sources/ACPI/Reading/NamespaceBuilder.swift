/// Reads the AML of a set of tables into one arena of terms and one tree of names.
///
/// Whether a name calls a method, and with how many arguments, is not in its bytes: the method has to be
/// known. So all tables are walked for their declarations first, without looking into methods, and then
/// read.
struct NamespaceBuilder {
  var records: [TermRecord] = []
  var names = NameTable()
  var problems: [ACPIError] = []
  /// The number of the table that each of them is in.
  var problemTables: [Int] = []
  /// The limit that was passed, as the first of ``problems`` that says so.
  var limitPassed: ACPIError?
  /// The table in which it was.
  var limitTable = 0
  let limits: ACPILimits

  // The table that is being read.
  var bytes: [UInt8] = []
  var table: UInt16 = 0
  var position = 0
  /// The object that names are declared in.
  var scope: UInt32 = 0
  var depth = 0
  /// Whether only declarations are looked for.
  var isScanning = false
  /// Whether a name was met that nobody had declared yet, where a call may stand.
  var metUnknownName = false
  var isInMethod = false
  var isConditional = false
  /// The look-ups that are left.
  var lookUps: Int
  /// Whether a limit was passed: nothing more is read.
  var hasGivenUp = false
  /// What the alias that is being read is another name for.
  var aliased = TermRecord.noObject

  /// More problems than these mean that the bytes are no AML at all.
  private static let mostProblems = 100

  init(limits: ACPILimits) {
    self.limits = limits
    lookUps = limits.maximumLookUps
  }

  /// Reads `tables`, the DSDT first, as an interpreter loads it first.
  mutating func read(_ tables: [TableImage]) {
    let withAML = tables.indices.filter { tables[$0].hasAML }
    let order =
      withAML.filter { tables[$0].header.signature == "DSDT" }
      + withAML.filter { tables[$0].header.signature != "DSDT" }
    var size = 0
    for number in order {
      size += tables[number].bodyByteRange.count
      if size > limits.maximumAMLSize {
        table = UInt16(clamping: number)
        note(
          ACPIError(
            .limitExceeded, "more than \(limits.maximumAMLSize) bytes of AML",
            byteOffset: tables[number].byteRange.lowerBound))
        return
      }
    }
    isScanning = true
    // Once more where a table calls, outside of methods, what only comes behind.
    for _ in 0..<3 {
      metUnknownName = false
      for number in order { walk(tables[number], number) }
      if !metUnknownName { break }
    }
    problems = []
    problemTables = []
    hasGivenUp = false
    isScanning = false
    for number in order { walk(tables[number], number) }
  }

  private mutating func walk(_ image: TableImage, _ number: Int) {
    guard !hasGivenUp, let number = UInt16(exactly: number) else { return }
    bytes = image.file
    table = number
    position = image.bodyByteRange.lowerBound
    (scope, depth, isInMethod, isConditional) = (0, 0, false, false)
    let record = open(TermRecord.table, at: image.byteRange.lowerBound)
    readTerms(until: image.bodyByteRange.upperBound)
    close(record)
  }

  // MARK: Records

  /// Starts a term; nothing is kept while only declarations are looked for.
  mutating func open(_ opcode: UInt16, at offset: Int) -> Int {
    if isScanning { return 0 }
    records.append(
      TermRecord(
        opcode: opcode, table: table, offset: UInt32(offset), end: 0, subtreeEnd: 0,
        object: TermRecord.noObject))
    return records.count - 1
  }

  /// Ends a term where the reader is.
  mutating func close(_ record: Int) {
    if isScanning { return }
    records[record].end = UInt32(position)
    records[record].subtreeEnd = UInt32(records.count)
  }

  /// Notes a problem that doesn't keep the rest from being read.
  mutating func note(_ error: ACPIError) {
    if isScanning { return }
    let place = scope == 0 ? nil : names.path(of: scope)
    problemTables.append(Int(table))
    problems.append(
      ACPIError(
        error.code, error.message, byteOffset: error.byteOffset,
        objectPath: error.objectPath ?? place))
    if error.code == .limitExceeded {
      // What is left out would make other findings wrong.
      hasGivenUp = true
      if limitPassed == nil {
        limitPassed = problems.last
        limitTable = Int(table)
      }
    }
    if problems.count >= Self.mostProblems { hasGivenUp = true }
  }

  // MARK: Lists

  /// Reads terms up to `end`; what can't be read is noted, and the rest of the list left out.
  mutating func readTerms(until end: Int) {
    var previous: UInt16 = 0
    while position < end, !hasGivenUp {
      let (start, mark) = (position, records.count)
      let state = (scope, depth, isInMethod, isConditional)
      do {
        previous = try readTerm(until: end, asStatement: true, after: previous)
      } catch {
        note(error)
        (scope, depth, isInMethod, isConditional) = state
        if !isScanning {
          records.removeSubrange(mark...)
          names.forgetDefinitions(from: UInt32(mark))
        }
        position = end
        let record = open(TermRecord.unreadable, at: start)
        close(record)
      }
    }
  }
}
