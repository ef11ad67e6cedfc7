/// Something that an interpreter reads, and that isn't what was meant.
public struct NamespaceFault: Sendable, Hashable {
  /// What it is.
  public enum Kind: Sendable, Hashable {
    /// A package has more elements than it claims.
    case packageCount(claimed: Int, given: Int)
    /// An integer of 64 bits in a namespace of 32.
    case wideInteger(UInt64)
    /// The units of a field end behind their region: its name, its bytes, and those of the field.
    case fieldPastRegion(region: String, length: UInt64, needed: UInt64)
    /// A name in a package stands for no object: as it is spelt.
    case danglingReference(String)
    /// A name in a method, outside of what a condition decides on, stands for no object: as it is spelt.
    case undeclaredName(String)
    /// An `External` gives a method another number of arguments than it has.
    case argumentCount(announced: Int, declared: Int)
  }

  /// What it is.
  public let kind: Kind
  /// The number of the table.
  public let table: Int
  /// The path of the object that it is in.
  public let objectPath: String
  /// Where it lies in its file, in bytes.
  public let byteRange: Range<Int>
}

extension Namespace {
  /// More faults than these are not kept: nobody would read them.
  private static let mostFaults = 4096

  /// What an interpreter reads without a word, and what isn't what was meant.
  public var faults: [NamespaceFault] {
    var faults: [NamespaceFault] = []
    // The objects that the walk is in, each with the record at which it leaves.
    var open: [(end: Int, object: UInt32, isMethod: Bool)] = []
    var packageEnd = 0
    // Where what a condition decides on ends, and what CondRefOf asks for.
    var guardedEnd = 0
    for index in records.indices {
      while let last = open.last, last.end <= index { open.removeLast() }
      if faults.count >= Self.mostFaults { break }
      let record = records[index]
      let opcode = Opcode(rawValue: record.opcode)
      switch opcode {
      case .scope, .device, .name, .method, .processor, .powerResource, .thermalZone:
        if record.object != TermRecord.noObject {
          open.append((Int(record.subtreeEnd), record.object, opcode == .method))
        }
        continue
      case .package, .variablePackage: packageEnd = max(packageEnd, Int(record.subtreeEnd))
      case .quadWord where !has64BitIntegers: break
      case .field, .external: break
      case .if, .else, .while, .condRefOf:
        guardedEnd = max(guardedEnd, Int(record.subtreeEnd))
        continue
      default:
        guard record.opcode == TermRecord.name, record.object == TermRecord.noObject else {
          continue
        }
        // Names in packages are looked up when the table is loaded, and those in methods when they run.
        if index >= packageEnd {
          guard index >= guardedEnd, open.contains(where: \.isMethod),
            let path = Value(namespace: self, index: index).referencedPath
          else { continue }
          faults.append(
            NamespaceFault(
              kind: .undeclaredName("\(path)"), table: Int(record.table),
              objectPath: open.last.map { names.path(of: $0.object) } ?? "\\",
              byteRange: Int(record.offset)..<Int(record.end)))
          continue
        }
      }
      guard let kind = kind(of: Value(namespace: self, index: index)) else { continue }
      // What a method makes, and from what, is not known before it runs.
      if open.contains(where: \.isMethod), case .danglingReference = kind { continue }
      faults.append(
        NamespaceFault(
          kind: kind, table: Int(record.table),
          objectPath: open.last.map { names.path(of: $0.object) } ?? "\\",
          byteRange: Int(record.offset)..<Int(record.end)))
    }
    return faults
  }

  private func kind(of value: Value) -> NamespaceFault.Kind? {
    switch value.opcode {
    case .package, .variablePackage:
      guard let claimed = value.claimedCount, let given = value.elements?.count, given > claimed
      else { return nil }
      return .packageCount(claimed: claimed, given: given)
    case .quadWord:
      let offset = value.byteOffset + 1
      let number = tables[value.table].file.littleEndian64(at: offset)
      return number > 0xffff_ffff ? .wideInteger(number) : nil
    case .field: return fieldFault(value)
    case .external:
      guard value.operands.count > 2, let announced = value.operands[2].integer,
        value.record.object != TermRecord.noObject
      else { return nil }
      let object = Object(namespace: self, number: names.resolved(value.record.object))
      // iasl writes 0 where the number wasn't given.
      guard announced > 0, object.isDeclared, object.type == .method,
        Int(announced) != object.argumentCount
      else { return nil }
      return .argumentCount(announced: Int(announced), declared: object.argumentCount)
    default:
      guard let path = value.referencedPath else { return nil }
      return .danglingReference("\(path)")
    }
  }

  private func fieldFault(_ value: Value) -> NamespaceFault.Kind? {
    guard let region = value.operands.first?.referencedObject?.resolved, region.isDeclared,
      region.type == .operationRegion
    else { return nil }
    let term = Value(namespace: self, index: Int(region.record.definition))
    guard term.opcode == .operationRegion, term.operands.count > 3,
      let length = term.operands[3].integer
    else { return nil }
    guard case .field(let field) = TermReader(namespace: self).term(value) else { return nil }
    var bits: UInt64 = 0
    var last: UInt64 = 0
    for element in field.elements {
      switch element {
      case .named(_, let count):
        bits &+= UInt64(clamping: count)
        last = bits
      case .reserved(let count): bits &+= UInt64(clamping: count)
      default: continue
      }
    }
    let needed = last / 8 + (last % 8 == 0 ? 0 : 1)
    return needed > length
      ? .fieldPastRegion(region: region.path, length: length, needed: needed) : nil
  }
}
