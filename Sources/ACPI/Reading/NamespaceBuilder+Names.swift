extension NamespaceBuilder {
  /// Whether a name may start with this byte.
  static func startsName(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || byte == 0x5f || byte == 0x5c || byte == 0x5e || byte == 0x2e
      || byte == 0x2f
  }

  /// Reads a NameString.
  mutating func readNameString(until end: Int) throws(ACPIError) -> NameReference {
    let start = position
    var name = NameReference()
    try need(1, until: end, "a name")
    if bytes[position] == 0x5c {
      name.isAbsolute = true
      position += 1
    } else {
      while position < end, bytes[position] == 0x5e {
        name.parents += 1
        position += 1
      }
    }
    try need(1, until: end, "a name")
    switch bytes[position] {
    case 0:
      position += 1
      return name
    case 0x2e:
      name.count = 2
      position += 1
    case 0x2f:
      try need(2, until: end, "a number of names")
      name.count = Int(bytes[position + 1])
      position += 2
      if name.count == 0 {
        throw ACPIError(.badName, "a name of no segments", byteOffset: start)
      }
    default: name.count = 1
    }
    name.segments = position
    try need(4 * name.count, until: end, "a name")
    for index in 0..<name.count {
      let segment = segment(at: position + 4 * index)
      guard segment.isValid else {
        throw ACPIError(
          .badName, "'\(segment.text)' is no name: A to Z, 0 to 9 and _",
          byteOffset: position + 4 * index)
      }
    }
    position += 4 * name.count
    return name
  }

  func segment(at offset: Int) -> NameSegment {
    NameSegment(rawValue: bytes.littleEndian32(at: offset))
  }

  /// The object where a search starts: the root, or some scopes above.
  private func base(_ name: NameReference) -> UInt32? {
    if name.isAbsolute { return 0 }
    var number = scope
    for _ in 0..<name.parents {
      if number == 0 { return nil }
      number = names[number].parent
    }
    return number
  }

  /// The object that a name stands for, in this scope.
  mutating func find(_ name: NameReference) -> UInt32? {
    guard var number = base(name) else { return nil }
    if name.isSearched {
      let wanted = segment(at: name.segments)
      while true {
        lookUps -= 1
        if lookUps < 0 {
          giveUpLookingUp()
          return nil
        }
        if let found = names.find(wanted, below: number) { return found }
        if number == 0 { return nil }
        number = names[number].parent
      }
    }
    for index in 0..<name.count {
      guard let child = names.find(segment(at: name.segments + 4 * index), below: number) else {
        return nil
      }
      number = child
    }
    return number
  }

  private mutating func giveUpLookingUp() {
    if hasGivenUp { return }
    note(
      ACPIError(
        .limitExceeded, "more than \(limits.maximumLookUps) names were looked up",
        byteOffset: position))
    hasGivenUp = true
  }

  /// - Throws: ``ACPIError`` where there are as many objects as may be.
  func admitObject(at start: Int) throws(ACPIError) {
    guard names.records.count < limits.maximumObjects else {
      throw ACPIError(
        .limitExceeded, "more than \(limits.maximumObjects) names of objects", byteOffset: start)
    }
  }

  /// The object of a name, which is made where nobody has yet.
  private mutating func make(_ name: NameReference, at start: Int) throws(ACPIError) -> UInt32 {
    guard var number = base(name) else {
      throw ACPIError(
        .unresolvedName, "a name with more ^ than there are scopes", byteOffset: start)
    }
    for index in 0..<name.count {
      let segment = segment(at: name.segments + 4 * index)
      if let child = names.find(segment, below: number) {
        number = child
        continue
      }
      guard Int(names[number].depth) < limits.maximumPathLength else {
        throw ACPIError(
          .limitExceeded, "a path of more than \(limits.maximumPathLength) names",
          byteOffset: start)
      }
      try admitObject(at: start)
      number = names.insert(segment, below: number)
      names[number].isTemporary = isInMethod
    }
    return number
  }

  /// Reads the name that is an operand of `opcode`; the object, where the term declares it or adds to it.
  mutating func readName(
    of opcode: Opcode, operand: Int, until end: Int
  ) throws(ACPIError) -> UInt32? {
    let start = position
    let record = open(TermRecord.name, at: start)
    let name = try readNameString(until: end)
    defer { close(record) }
    let number: UInt32?
    var isDeclared = false
    switch (opcode, operand) {
    case (.scope, _):
      number = try scopeTarget(name, at: start)
      isDeclared = true
    case (.alias, 0), (.field, _), (.indexField, _), (.bankField, _), (.load, _):
      number = find(name)
      if opcode == .alias { aliased = number ?? TermRecord.noObject }
    default:
      number = try make(name, at: start)
      isDeclared = true
    }
    if !isScanning { records[record].object = number ?? TermRecord.noObject }
    return isDeclared ? number : nil
  }

  private mutating func scopeTarget(
    _ name: NameReference, at start: Int
  ) throws(ACPIError) -> UInt32 {
    if let found = find(name) {
      let record = names[found]
      if !isScanning, record.definition == TermRecord.noObject, !record.isPredefined,
        !record.isExternal, !record.isConditional
      {
        note(
          ACPIError(
            .unresolvedName, "Scope of \(names.path(of: found)), which no table declares",
            byteOffset: start))
      }
      return names.resolved(found)
    }
    let made = try make(name, at: start)
    note(
      ACPIError(
        .unresolvedName, "Scope of \(names.path(of: made)), which no table declares",
        byteOffset: start))
    return made
  }

  /// Reads a name where a value or a statement stands: an object, or a method and its arguments.
  mutating func readCall(until end: Int) throws(ACPIError) -> UInt16 {
    let record = open(TermRecord.name, at: position)
    let name = try readNameString(until: end)
    let found = find(name)
    if found == nil, isScanning { metUnknownName = true }
    let object = found.map(names.resolved)
    if let object, names[object].type == .method {
      if !isScanning { records[record].opcode = TermRecord.call }
      for _ in 0..<names[object].argumentCount {
        _ = try readTerm(until: end, asStatement: false)
      }
    }
    if !isScanning { records[record].object = found ?? TermRecord.noObject }
    close(record)
    return isScanning ? TermRecord.name : records[record].opcode
  }

  /// Notes what a term has declared.
  mutating func declare(_ object: UInt32, _ opcode: Opcode, record: Int) {
    guard object != TermRecord.noObject, opcode != .scope else { return }
    if opcode == .external {
      announce(object)
      return
    }
    if isConditional { names[object].isConditional = true }
    if isScanning {
      if names[object].type == .unknown || names[object].isExternal {
        names[object].type = type(of: opcode)
      }
      if opcode == .alias { names[object].aliased = aliased }
      return
    }
    let first = names[object].definition
    guard first == TermRecord.noObject else {
      // Which of several branches is taken, and how often a method runs, isn't known here.
      if !isInMethod, !isConditional, records[Int(first)].opcode != Opcode.external.rawValue {
        note(
          ACPIError(
            .duplicateName,
            "\(opcode.name ?? "a term") of a name that is taken since byte "
              + "\(hex(records[Int(first)].offset))",
            byteOffset: Int(records[record].offset), objectPath: names.path(of: object)))
      }
      return
    }
    names[object].definition = UInt32(record)
    if opcode == .alias { names[object].aliased = aliased }
    if opcode != .method || names[object].type != .method { names[object].type = type(of: opcode) }
    if opcode == .name { names[object].type = valueType(record) }
  }

  /// Takes an `External` at its word, unless a table of the set declares the object.
  private mutating func announce(_ object: UInt32) {
    names[object].isExternal = true
    // The type and the number of arguments are the last two bytes.
    let (type, count) = (bytes[position - 2], bytes[position - 1])
    guard names[object].definition == TermRecord.noObject, names[object].type == .unknown else {
      return
    }
    names[object].type = ObjectType(rawValue: type) ?? .unknown
    names[object].argumentCount = names[object].type == .method ? min(count, 7) : 0
  }

  private func type(of opcode: Opcode) -> ObjectType {
    switch opcode {
    case .device: .device
    case .method: .method
    case .mutex: .mutex
    case .event: .event
    case .operationRegion, .dataTableRegion: .operationRegion
    case .powerResource: .powerResource
    case .processor: .processor
    case .thermalZone: .thermalZone
    case .createBitField, .createByteField, .createWordField, .createDWordField,
      .createQWordField, .createField:
      .bufferField
    default: .unknown
    }
  }

  /// The type of the value of the `Name` at `record`.
  private func valueType(_ record: Int) -> ObjectType {
    guard record + 2 < records.count else { return .unknown }
    return switch Opcode(rawValue: records[record + 2].opcode) {
    case .zero, .one, .ones, .byte, .word, .doubleWord, .quadWord, .revision: .integer
    case .string: .string
    case .buffer: .buffer
    case .package, .variablePackage: .package
    default: .unknown
    }
  }
}
