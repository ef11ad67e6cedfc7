extension NamespaceBuilder {
  /// Reads the pieces of a field.
  mutating func readFields(until end: Int) throws(ACPIError) {
    while position < end {
      let start = position
      switch bytes[position] {
      case 0x00:
        position += 1
        let record = open(TermRecord.reservedField, at: start)
        _ = try readPackageNumber(until: end)
        close(record)
      case 0x01:
        try readRaw(TermRecord.accessField, 3, until: end, "an access")
      case 0x03:
        try readRaw(TermRecord.extendedAccessField, 4, until: end, "an access")
      case 0x02:
        position += 1
        let record = open(TermRecord.connectField, at: start)
        try need(1, until: end, "a connection")
        if Self.startsName(bytes[position]) {
          let name = open(TermRecord.name, at: position)
          let reference = try readNameString(until: end)
          if !isScanning { records[name].object = find(reference) ?? TermRecord.noObject }
          close(name)
        } else {
          _ = try readTerm(until: end, asStatement: false)
        }
        close(record)
      default: try readUnit(until: end)
      }
    }
  }

  private mutating func readUnit(until end: Int) throws(ACPIError) {
    let start = position
    try need(4, until: end, "the name of a unit")
    let segment = segment(at: position)
    guard segment.isValid else {
      throw ACPIError(
        .badName, "'\(segment.text)' in a field is no name: A to Z, 0 to 9 and _",
        byteOffset: start)
    }
    let record = open(TermRecord.namedField, at: start)
    position += 4
    _ = try readPackageNumber(until: end)
    close(record)
    let object: UInt32
    if let found = names.find(segment, below: scope) {
      object = found
    } else {
      guard Int(names[scope].depth) < limits.maximumPathLength else {
        throw ACPIError(
          .limitExceeded, "a path of more than \(limits.maximumPathLength) names",
          byteOffset: start)
      }
      try admitObject(at: start)
      object = names.insert(segment, below: scope)
      names[object].isTemporary = isInMethod
    }
    if isScanning {
      if names[object].type == .unknown { names[object].type = .fieldUnit }
      return
    }
    records[record].object = object
    if names[object].definition == TermRecord.noObject {
      names[object].definition = UInt32(record)
      names[object].type = .fieldUnit
    } else if !isInMethod, !isConditional {
      note(
        ACPIError(
          .duplicateName, "a unit of a field of a name that is taken", byteOffset: start,
          objectPath: names.path(of: object)))
    }
  }
}
