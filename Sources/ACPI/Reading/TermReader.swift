/// Terms as ``Term``, from the records of a namespace.
struct TermReader {
  let namespace: Namespace

  /// The path that starts at `offset` of a file; the reader of the records has checked it.
  func path(at offset: Int, in file: [UInt8]) -> NamePath {
    var position = offset
    var start = NamePath.Start.here
    if file[position] == 0x5c {
      start = .root
      position += 1
    } else {
      var parents: UInt16 = 0
      while file[position] == 0x5e, parents < .max {
        parents += 1
        position += 1
      }
      if parents > 0 { start = .parent(parents) }
    }
    var count = 1
    switch file[position] {
    case 0: count = 0
    case 0x2e:
      count = 2
      position += 1
    case 0x2f:
      count = Int(file[position + 1])
      position += 2
    default: break
    }
    func segment(_ index: Int) -> NameSegment {
      NameSegment(rawValue: file.littleEndian32(at: position + 4 * index))
    }
    return NamePath(
      start: start, first: count > 0 ? segment(0) : nil,
      rest: count > 1 ? (1..<count).map(segment) : [])
  }

  /// The terms of a value's list, from the operand `first` on; an `Else` joins the `If` in front of it.
  func body(_ value: Namespace.Value, from first: Int) -> [Term] {
    terms(value.operands.dropFirst(first))
  }

  private func terms(_ values: some Sequence<Namespace.Value>) -> [Term] {
    var terms: [Term] = []
    for value in values {
      if value.opcode == .else {
        // Without an If in front there is nothing to say it with.
        if case .if(let condition, let body, nil)? = terms.last {
          terms[terms.count - 1] = .if(condition, body, else: self.body(value, from: 0))
        }
      } else if value.record.opcode != TermRecord.unreadable {
        terms.append(term(value))
      }
    }
    return terms
  }

  /// A term as it stands there.
  func term(_ value: Namespace.Value, in name: NameSegment? = nil) -> Term {
    let operands = value.operands
    let file = namespace.tables[value.table].file
    func path(_ index: Int) -> NamePath {
      index < operands.count ? self.path(at: operands[index].byteOffset, in: file) : .root
    }
    func term(_ index: Int) -> Term {
      index < operands.count ? self.term(operands[index]) : .nothing
    }
    func raw(_ index: Int) -> UInt64 { index < operands.count ? operands[index].integer ?? 0 : 0 }

    switch value.record.opcode {
    case TermRecord.name: return .path(self.path(at: value.byteOffset, in: file))
    case TermRecord.call:
      return .call(
        self.path(at: value.byteOffset, in: file), operands.map { self.term($0) })
    case TermRecord.nothing: return .nothing
    case 0x60...0x67: return .local(UInt8(value.record.opcode - 0x60))
    case 0x68...0x6e: return .argument(UInt8(value.record.opcode - 0x68))
    default: break
    }
    if let integer = value.integer {
      if name == "_HID" || name == "_CID", let short = UInt32(exactly: integer),
        let id = EISAID(value: short)
      {
        return .eisaID(id)
      }
      return .integer(integer)
    }
    switch value.opcode {
    case .string: return .string(value.string ?? "")
    case .buffer: return buffer(value, size: term(0))
    case .package:
      let elements = operands.dropFirst().map { self.term($0, in: name) }
      let count = Int(raw(0))
      return .package(elements, count: count == elements.count ? nil : count)
    case .variablePackage:
      let elements = operands.dropFirst().map { self.term($0, in: name) }
      // So many can't be in the other kind of package.
      if elements.count > 255, value.claimedCount == elements.count { return .package(elements) }
      return .variablePackage(count: term(0), elements)
    case .scope: return .scope(path(0), body(value, from: 1))
    case .device: return .device(path(0), body(value, from: 1))
    case .thermalZone: return .thermalZone(path(0), body(value, from: 1))
    case .name:
      let name = path(0)
      return .name(
        name, operands.count > 1 ? self.term(operands[1], in: name.segments.last) : .nothing)
    case .method:
      let flags = UInt8(truncatingIfNeeded: raw(1))
      return .method(
        Method(
          path(0), argumentCount: flags & 7, isSerialized: flags & 8 != 0, syncLevel: flags >> 4,
          body: body(value, from: 2)))
    case .external:
      return .external(
        External(
          path(0), ObjectType(rawValue: UInt8(truncatingIfNeeded: raw(1))) ?? .unknown,
          argumentCount: min(UInt8(truncatingIfNeeded: raw(2)), 7)))
    case .operationRegion:
      return .operationRegion(
        OperationRegion(
          path(0), OperationRegion.Space(rawValue: UInt8(truncatingIfNeeded: raw(1))),
          offset: term(2), length: term(3)))
    case .field, .indexField, .bankField: return .field(field(value, operands, path, term, raw))
    case .processor:
      return .processor(
        Processor(
          path(0), id: UInt8(truncatingIfNeeded: raw(1)),
          blockAddress: UInt32(truncatingIfNeeded: raw(2)),
          blockLength: UInt8(truncatingIfNeeded: raw(3)), body: body(value, from: 4)))
    case .powerResource:
      return .powerResource(
        PowerResource(
          path(0), systemLevel: UInt8(truncatingIfNeeded: raw(1)),
          resourceOrder: UInt16(truncatingIfNeeded: raw(2)), body: body(value, from: 3)))
    case .if: return .if(term(0), body(value, from: 1), else: nil)
    case .while: return .while(term(0), body(value, from: 1))
    default:
      return .operation(value.opcode, operands.map { self.term($0) })
    }
  }

  /// A buffer, as what it holds where that can be told: resources, a UUID that is known.
  private func buffer(_ value: Namespace.Value, size: Term) -> Term {
    let given =
      value.bufferByteRange.map {
        Array(namespace.tables[value.table].file[$0])
      } ?? []
    guard size == .integer(UInt64(given.count)) else {
      return .buffer(size: size, bytes: given)
    }
    if let uuid = UUID(bytes: given), UUID.known.contains(uuid) { return .uuid(uuid) }
    if given.suffix(2) == [0x79, 0] {
      let template = ResourceTemplate(
        given, 0..<given.count, limit: namespace.limits.maximumDescriptors)
      let resources = Term.resources(template.descriptors)
      // Only where nothing is lost.
      if template.problems.isEmpty, let bytes = try? resources.bytes(),
        bytes.suffix(given.count) == given[...]
      {
        return resources
      }
    }
    return .bytes(given)
  }

  private func field(
    _ value: Namespace.Value, _ operands: [Namespace.Value], _ path: (Int) -> NamePath,
    _ term: (Int) -> Term, _ raw: (Int) -> UInt64
  ) -> Field {
    let (source, first): (Field.Source, Int) =
      switch value.opcode {
      case .indexField: (.index(path(0), data: path(1)), 2)
      case .bankField: (.bank(path(0), register: path(1), value: term(2)), 3)
      default: (.region(path(0)), 1)
      }
    let flags = UInt8(truncatingIfNeeded: raw(first))
    return Field(
      source, access: Field.Access(rawValue: flags & 15) ?? .any, isLocked: flags & 0x10 != 0,
      updateRule: Field.UpdateRule(rawValue: flags >> 5 & 3) ?? .preserve,
      operands.dropFirst(first + 1).map(element))
  }

  private func element(_ value: Namespace.Value) -> Field.Element {
    let file = namespace.tables[value.table].file
    let start = value.byteOffset
    func bits(_ offset: Int) -> Int {
      let lead = Int(file[start + offset])
      if lead >> 6 == 0 { return lead }
      var bits = lead & 15
      for index in 0..<(lead >> 6) {
        bits |= Int(file[start + offset + 1 + index]) << (4 + 8 * index)
      }
      return bits
    }
    switch value.record.opcode {
    case TermRecord.namedField:
      return .named(NameSegment(rawValue: file.littleEndian32(at: start)), bits: bits(4))
    case TermRecord.accessField:
      return .access(type: file[start + 1], attribute: file[start + 2], length: nil)
    case TermRecord.extendedAccessField:
      return .access(type: file[start + 1], attribute: file[start + 2], length: file[start + 3])
    case TermRecord.connectField:
      return .connection(value.operands.first.map { term($0) } ?? .nothing)
    default: return .reserved(bits: bits(1))
    }
  }
}
