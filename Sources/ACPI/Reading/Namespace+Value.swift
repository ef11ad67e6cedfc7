extension Namespace {
  /// A term as it stands in a table: an integer, a string, a buffer, a package, a reference, or anything
  /// else, which has none of those.
  public struct Value: Sendable {
    /// The namespace it is in.
    public let namespace: Namespace
    let index: Int

    var record: TermRecord { namespace.records[index] }
    var opcode: Opcode { Opcode(rawValue: record.opcode) }
    private var file: [UInt8] { namespace.tables[Int(record.table)].file }

    /// The number of its table, among ``Namespace/tables``.
    public var table: Int { Int(record.table) }

    /// Where it lies in the file, in bytes.
    public var byteRange: Range<Int> { Int(record.offset)..<Int(record.end) }

    /// Where it starts in the file, in bytes.
    public var byteOffset: Int { Int(record.offset) }

    /// The records right below: operands, elements.
    var operands: [Value] {
      var operands: [Value] = []
      var position = index + 1
      let end = Int(record.subtreeEnd)
      while position < end {
        operands.append(Value(namespace: namespace, index: position))
        position = Int(namespace.records[position].subtreeEnd)
      }
      return operands
    }

    /// The integer, where it is one that is written down.
    public var integer: UInt64? {
      let offset = Int(record.offset) + 1
      switch opcode {
      case .zero: return 0
      case .one: return 1
      case .ones: return namespace.has64BitIntegers ? .max : 0xffff_ffff
      case .byte: return UInt64(file[offset])
      case .word: return UInt64(file.littleEndian16(at: offset))
      case .doubleWord: return UInt64(file.littleEndian32(at: offset))
      case .quadWord:
        let value = file.littleEndian64(at: offset)
        return namespace.has64BitIntegers ? value : value & 0xffff_ffff
      default: return raw
      }
    }

    /// The number that raw bytes are.
    private var raw: UInt64? {
      switch record.opcode {
      case TermRecord.byte: UInt64(file[byteOffset])
      case TermRecord.word: UInt64(file.littleEndian16(at: byteOffset))
      case TermRecord.doubleWord: UInt64(file.littleEndian32(at: byteOffset))
      default: nil
      }
    }

    /// The string, where it is one.
    public var string: String? {
      guard opcode == .string else { return nil }
      return String(
        decoding: file[(Int(record.offset) + 1)..<(Int(record.end) - 1)], as: UTF8.self)
    }

    /// Where the bytes of a buffer lie in the file; its size may be more.
    public var bufferByteRange: Range<Int>? {
      guard opcode == .buffer, let list = operands.last,
        list.record.opcode == TermRecord.byteList
      else { return nil }
      return list.byteRange
    }

    /// The bytes of a buffer of a size that is written down, with the 0s that are left out; at most
    /// 1 MiB of those.
    public var bytes: [UInt8]? {
      guard let range = bufferByteRange, let size = operands.first?.integer,
        size <= UInt64(range.count + 1 << 20)
      else { return nil }
      let given = file[range]
      return given + [UInt8](repeating: 0, count: max(0, Int(size) - given.count))
    }

    /// The elements of a package that are given; it may claim more.
    public var elements: [Value]? {
      guard opcode == .package || opcode == .variablePackage else { return nil }
      return Array(operands.dropFirst())
    }

    /// How many elements a package claims, where that is written down.
    public var claimedCount: Int? {
      guard opcode == .package || opcode == .variablePackage else { return nil }
      return operands.first?.integer.flatMap { Int(exactly: $0) }
    }

    /// How many elements an interpreter adds to those of a package that claims more: objects of no type.
    public var missingElements: Int {
      guard let claimed = claimedCount else { return 0 }
      var given = -1
      var position = index + 1
      while position < Int(record.subtreeEnd) {
        given += 1
        position = Int(namespace.records[position].subtreeEnd)
      }
      return max(0, claimed - given)
    }

    /// Whether it is a name that stands for an object, which may be nobody's.
    public var isReference: Bool { record.opcode == TermRecord.name }

    /// The object that a name stands for; nil where no table of the set has it.
    public var referencedObject: Object? {
      guard isReference, record.object != TermRecord.noObject else { return nil }
      return Object(namespace: namespace, number: record.object)
    }

    /// The name as it is spelt in the table, where it is one.
    public var referencedPath: NamePath? {
      isReference || record.opcode == TermRecord.call
        ? TermReader(namespace: namespace).path(at: byteOffset, in: file) : nil
    }

    /// The UUID in a buffer of 16 bytes.
    public var uuid: UUID? { bytes.flatMap { UUID(bytes: $0) } }

    /// What it is, in words: `an integer`, `a call of a method`.
    public var kind: String {
      switch opcode {
      case .string: "a string"
      case .buffer: "a buffer"
      case .package, .variablePackage: "a package"
      default:
        if integer != nil {
          "an integer"
        } else if isReference {
          "a reference"
        } else if record.opcode == TermRecord.call {
          "a call of a method"
        } else {
          opcode.name ?? "a term"
        }
      }
    }
  }
}
