extension NamespaceBuilder {
  /// Reads one term.
  ///
  /// - Parameters:
  ///   - end: Where the block ends that it stands in.
  ///   - asStatement: Whether it stands in a list of terms, and not where a value is wanted.
  ///   - previous: The opcode in front of it in its list.
  /// - Returns: Its opcode.
  /// - Throws: ``ACPIError`` where the rest of the list can't be read.
  mutating func readTerm(
    until end: Int, asStatement: Bool, after previous: UInt16 = 0
  ) throws(ACPIError) -> UInt16 {
    let start = position
    try need(1, until: end, "a term")
    depth += 1
    defer { depth -= 1 }
    guard depth <= limits.maximumDepth else {
      throw ACPIError(
        .limitExceeded, "terms are nested more than \(limits.maximumDepth) deep",
        byteOffset: start)
    }
    guard records.count < limits.maximumTerms else {
      hasGivenUp = true
      throw ACPIError(
        .limitExceeded, "more than \(limits.maximumTerms) terms", byteOffset: start)
    }
    let first = bytes[position]
    if Self.startsName(first) { return try readCall(until: end) }
    var code = UInt16(first)
    position += 1
    if first == 0x5b {
      try need(1, until: end, "the second byte of an opcode")
      code = code << 8 | UInt16(bytes[position])
      position += 1
    }
    let opcode = Opcode(rawValue: code)
    let form = OpcodeForm.table[opcode.index]
    switch form.kind {
    case .none:
      throw ACPIError(
        .unknownOpcode, "\(hex(code)) starts no term", byteOffset: start)
    case .named, .statement, .part:
      guard asStatement else {
        throw ACPIError(
          .misplaced, "\(form.name) where a value is wanted", byteOffset: start)
      }
      if opcode == .else, previous != Opcode.if.rawValue {
        note(ACPIError(.misplaced, "Else without an If in front", byteOffset: start))
      }
    case .constant, .data:
      if asStatement {
        note(ACPIError(.misplaced, "a value that nobody takes: \(form.name)", byteOffset: start))
      }
    case .expression: break
    }
    let record = open(code, at: start)
    var limit = end
    if form.hasLength { limit = try readLength(of: form.name, until: end) }
    try readOperands(form, opcode, record: record, until: limit)
    close(record)
    return code
  }

  private mutating func readOperands(
    _ form: OpcodeForm, _ opcode: Opcode, record: Int, until end: Int
  ) throws(ACPIError) {
    let outer = (scope, isInMethod, isConditional)
    defer { (scope, isInMethod, isConditional) = outer }
    var packed = form.packed
    var index = 0
    var object = TermRecord.noObject
    var isDeclared = false
    while let operand = OpcodeForm.Operand(rawValue: packed & 15), operand != .end {
      packed >>= 4
      switch operand {
      case .end: break
      case .byte: try readRaw(TermRecord.byte, 1, until: end)
      case .word: try readRaw(TermRecord.word, 2, until: end)
      case .doubleWord: try readRaw(TermRecord.doubleWord, 4, until: end)
      case .quadWord:
        try need(8, until: end, "eight bytes")
        position += 8
      case .string: try readString(until: end)
      case .name:
        let named = try readName(of: opcode, operand: index, until: end)
        if let named { object = named }
      case .term: _ = try readTerm(until: end, asStatement: false)
      case .superName: try readTarget(until: end, isOptional: false)
      case .target: try readTarget(until: end, isOptional: true)
      case .termList:
        // Before its body, which may add to what it is in.
        prepare(object, opcode)
        declare(object, opcode, record: record)
        isDeclared = true
        if !isScanning { records[record].object = object }
        readBody(opcode, object, until: end)
      case .elementList: try readElements(until: end)
      case .fieldList: try readFields(until: end)
      case .byteList:
        let list = open(TermRecord.byteList, at: position)
        position = end
        close(list)
      }
      index += 1
    }
    if !isScanning { records[record].object = object }
    if !isDeclared { declare(object, opcode, record: record) }
  }

  /// Notes how many arguments a method takes; its flags are the last byte in front of its body.
  private mutating func prepare(_ object: UInt32, _ opcode: Opcode) {
    guard opcode == .method, object != TermRecord.noObject,
      names[object].definition == TermRecord.noObject
    else { return }
    names[object].type = .method
    names[object].argumentCount = bytes[position - 1] & 7
  }

  private mutating func readBody(_ opcode: Opcode, _ object: UInt32, until end: Int) {
    if object != TermRecord.noObject { scope = object }
    switch opcode {
    case .method:
      if isScanning {
        position = end
        return
      }
      isInMethod = true
    case .if, .else, .while: isConditional = true
    default: break
    }
    readTerms(until: end)
  }

  /// Elements of a package: values, and names that are never called.
  private mutating func readElements(until end: Int) throws(ACPIError) {
    if isScanning {
      position = end
      return
    }
    while position < end {
      if Self.startsName(bytes[position]) {
        let start = position
        let record = open(TermRecord.name, at: start)
        let reference = try readNameString(until: end)
        records[record].object = find(reference) ?? TermRecord.noObject
        close(record)
      } else {
        _ = try readTerm(until: end, asStatement: false)
      }
    }
  }

  /// What can be stored into, where a name stands for its object and calls nothing.
  private mutating func readTarget(until end: Int, isOptional: Bool) throws(ACPIError) {
    try need(1, until: end, "a target")
    let first = bytes[position]
    if first == 0 {
      guard isOptional else {
        throw ACPIError(
          .misplaced, "nothing where an object is wanted", byteOffset: position)
      }
      let record = open(TermRecord.nothing, at: position)
      position += 1
      close(record)
    } else if Self.startsName(first) {
      let record = open(TermRecord.name, at: position)
      let reference = try readNameString(until: end)
      if !isScanning { records[record].object = find(reference) ?? TermRecord.noObject }
      close(record)
    } else {
      _ = try readTerm(until: end, asStatement: false)
    }
  }

  // MARK: Bytes

  /// Makes sure that `count` bytes are there.
  func need(_ count: Int, until end: Int, _ what: String) throws(ACPIError) {
    guard end - position >= count else {
      throw ACPIError(
        end == bytes.count ? .truncated : .badPackageLength,
        "\(what) of \(count) bytes, and its block ends behind \(max(0, end - position))",
        byteOffset: position)
    }
  }

  /// Reads `count` bytes that are no term, and that a message calls `what`.
  mutating func readRaw(
    _ opcode: UInt16, _ count: Int, until end: Int, _ what: String = "a number"
  ) throws(ACPIError) {
    try need(count, until: end, what)
    let record = open(opcode, at: position)
    position += count
    close(record)
  }

  private mutating func readString(until end: Int) throws(ACPIError) {
    let start = position
    while position < end, bytes[position] != 0 { position += 1 }
    guard position < end else {
      throw ACPIError(
        .unterminatedString, "a string without its NUL", byteOffset: start)
    }
    position += 1
  }

  /// Reads a PkgLength, and returns where what it counts ends.
  private mutating func readLength(of name: String, until end: Int) throws(ACPIError) -> Int {
    let start = position
    let length = try readPackageNumber(until: end)
    let stop = start + length
    guard stop >= position else {
      throw ACPIError(
        .badPackageLength, "the PkgLength of \(name) is \(length), less than its own bytes",
        byteOffset: start)
    }
    guard stop <= end else {
      note(
        ACPIError(
          .badPackageLength,
          "the PkgLength of \(name) is \(length), \(stop - end) bytes past the end of what it is in",
          byteOffset: start))
      return end
    }
    return stop
  }

  /// Reads a number as PkgLength has it.
  mutating func readPackageNumber(until end: Int) throws(ACPIError) -> Int {
    let start = position
    try need(1, until: end, "a PkgLength")
    let lead = Int(bytes[position])
    let following = lead >> 6
    position += 1
    if following == 0 { return lead & 0x3f }
    try need(following, until: end, "the rest of a PkgLength")
    if lead & 0x30 != 0 {
      note(
        ACPIError(
          .reservedBits, "bits 4 and 5 of a PkgLength's first byte \(hex(lead)) must be 0",
          byteOffset: start))
    }
    var value = lead & 15
    for index in 0..<following {
      value |= Int(bytes[position]) << (4 + 8 * index)
      position += 1
    }
    return value
  }
}
