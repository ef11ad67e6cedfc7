/// What starts a term: a byte, or `5B` and a byte.
///
/// **Source:** ACPI 6.5, section 20.2 and 20.3.
public struct Opcode: RawRepresentable, Hashable, Sendable {
  /// The byte; 0x5b00 and the second byte where there are two.
  public let rawValue: UInt16

  /// The opcode of this value, which may be none that AML has.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// What the opcode is, or nil where it is none that starts a term.
  var form: OpcodeForm? {
    let form = OpcodeForm.table[index]
    return form.kind == .none ? nil : form
  }

  /// The place in tables of all opcodes: those of two bytes come behind those of one.
  var index: Int { Int(rawValue & 0xff) | (rawValue > 0xff ? 0x100 : 0) }

  /// The name that ASL has for it, `Add`; nil where it is none that starts a term.
  public var name: String? { form?.name }
}

/// What the operands of an opcode are, and how ASL calls it.
struct OpcodeForm: Sendable {
  /// What an operand is.
  enum Operand: UInt32, Sendable {
    case end
    /// Raw bytes, which are no integer objects.
    case byte, word, doubleWord, quadWord
    /// Bytes up to a NUL.
    case string
    /// A NameString.
    case name
    /// A term with a value.
    case term
    /// What can be stored into, and a name is not called.
    case superName
    /// The same, or nothing.
    case target
    /// What ends a term with a PkgLength.
    case termList, elementList, fieldList, byteList
  }

  /// Where a term may stand.
  enum Kind: Sendable {
    case none, constant, data, named, expression, statement, part
  }

  var name = ""
  var kind = Kind.none
  /// Whether a PkgLength follows.
  var hasLength = false
  /// The operands in order, four bits each, the first one lowest.
  var packed: UInt32 = 0

  /// The operands in order.
  var operands: [Operand] {
    (0..<8).compactMap { Operand(rawValue: packed >> UInt32(4 * $0) & 15) }.filter { $0 != .end }
  }

  /// Every opcode's form, by ``Opcode/index``.
  static let table: [OpcodeForm] = {
    var table = [OpcodeForm](repeating: OpcodeForm(), count: 512)
    for (code, name, operands, kind) in rows {
      var form = OpcodeForm(name: name, kind: kind)
      var shift: UInt32 = 0
      for letter in operands {
        if letter == "P" {
          form.hasLength = true
          continue
        }
        guard let operand = letters[letter] else { continue }
        form.packed |= operand.rawValue << shift
        shift += 4
      }
      table[Opcode(rawValue: code).index] = form
    }
    return table
  }()

  private static let letters: [Character: Operand] = [
    "B": .byte, "W": .word, "D": .doubleWord, "Q": .quadWord, "Z": .string, "N": .name,
    "T": .term, "S": .superName, "G": .target, "t": .termList, "e": .elementList,
    "f": .fieldList, "b": .byteList,
  ]

  /// The opcode, its name in ASL, its operands as letters, and where it stands.
  ///
  /// **Source:** ACPI 6.5, section 20.3, table 20.2 and the grammar of section 20.2.
  private static let rows: [(UInt16, String, String, Kind)] = [
    (0x00, "Zero", "", .constant), (0x01, "One", "", .constant), (0xff, "Ones", "", .constant),
    (0x0a, "Byte", "B", .constant), (0x0b, "Word", "W", .constant),
    (0x0c, "DWord", "D", .constant), (0x0e, "QWord", "Q", .constant),
    (0x0d, "String", "Z", .constant), (0x5b30, "Revision", "", .constant),
    (0x11, "Buffer", "PTb", .data), (0x12, "Package", "PBe", .data),
    (0x13, "Package", "PTe", .data),
    (0x06, "Alias", "NN", .named), (0x08, "Name", "NT", .named), (0x10, "Scope", "PNt", .named),
    (0x14, "Method", "PNBt", .named), (0x15, "External", "NBB", .named),
    (0x8a, "CreateDWordField", "TTN", .named), (0x8b, "CreateWordField", "TTN", .named),
    (0x8c, "CreateByteField", "TTN", .named), (0x8d, "CreateBitField", "TTN", .named),
    (0x8f, "CreateQWordField", "TTN", .named), (0x5b01, "Mutex", "NB", .named),
    (0x5b02, "Event", "N", .named), (0x5b13, "CreateField", "TTTN", .named),
    (0x5b80, "OperationRegion", "NBTT", .named), (0x5b81, "Field", "PNBf", .named),
    (0x5b82, "Device", "PNt", .named), (0x5b83, "Processor", "PNBDBt", .named),
    (0x5b84, "PowerResource", "PNBWt", .named), (0x5b85, "ThermalZone", "PNt", .named),
    (0x5b86, "IndexField", "PNNBf", .named), (0x5b87, "BankField", "PNNTBf", .named),
    (0x5b88, "DataTableRegion", "NTTT", .named),
    (0x60, "Local0", "", .expression), (0x61, "Local1", "", .expression),
    (0x62, "Local2", "", .expression), (0x63, "Local3", "", .expression),
    (0x64, "Local4", "", .expression), (0x65, "Local5", "", .expression),
    (0x66, "Local6", "", .expression), (0x67, "Local7", "", .expression),
    (0x68, "Arg0", "", .expression), (0x69, "Arg1", "", .expression),
    (0x6a, "Arg2", "", .expression), (0x6b, "Arg3", "", .expression),
    (0x6c, "Arg4", "", .expression), (0x6d, "Arg5", "", .expression),
    (0x6e, "Arg6", "", .expression), (0x5b31, "Debug", "", .expression),
    (0x70, "Store", "TS", .expression), (0x71, "RefOf", "S", .expression),
    (0x72, "Add", "TTG", .expression), (0x73, "Concatenate", "TTG", .expression),
    (0x74, "Subtract", "TTG", .expression), (0x75, "Increment", "S", .expression),
    (0x76, "Decrement", "S", .expression), (0x77, "Multiply", "TTG", .expression),
    (0x78, "Divide", "TTGG", .expression), (0x79, "ShiftLeft", "TTG", .expression),
    (0x7a, "ShiftRight", "TTG", .expression), (0x7b, "And", "TTG", .expression),
    (0x7c, "NAnd", "TTG", .expression), (0x7d, "Or", "TTG", .expression),
    (0x7e, "NOr", "TTG", .expression), (0x7f, "XOr", "TTG", .expression),
    (0x80, "Not", "TG", .expression), (0x81, "FindSetLeftBit", "TG", .expression),
    (0x82, "FindSetRightBit", "TG", .expression), (0x83, "DerefOf", "T", .expression),
    (0x84, "ConcatenateResTemplate", "TTG", .expression), (0x85, "Mod", "TTG", .expression),
    (0x86, "Notify", "ST", .statement), (0x87, "SizeOf", "S", .expression),
    (0x88, "Index", "TTG", .expression), (0x89, "Match", "TBTBTT", .expression),
    (0x8e, "ObjectType", "S", .expression), (0x90, "LAnd", "TT", .expression),
    (0x91, "LOr", "TT", .expression), (0x92, "LNot", "T", .expression),
    (0x93, "LEqual", "TT", .expression), (0x94, "LGreater", "TT", .expression),
    (0x95, "LLess", "TT", .expression), (0x96, "ToBuffer", "TG", .expression),
    (0x97, "ToDecimalString", "TG", .expression), (0x98, "ToHexString", "TG", .expression),
    (0x99, "ToInteger", "TG", .expression), (0x9c, "ToString", "TTG", .expression),
    (0x9d, "CopyObject", "TS", .expression), (0x9e, "Mid", "TTTG", .expression),
    (0x5b12, "CondRefOf", "SG", .expression), (0x5b1f, "LoadTable", "TTTTTT", .expression),
    (0x5b20, "Load", "NG", .expression), (0x5b23, "Acquire", "SW", .expression),
    (0x5b25, "Wait", "ST", .expression), (0x5b28, "FromBCD", "TG", .expression),
    (0x5b29, "ToBCD", "TG", .expression), (0x5b33, "Timer", "", .expression),
    (0x9f, "Continue", "", .statement), (0xa0, "If", "PTt", .statement),
    (0xa1, "Else", "Pt", .part), (0xa2, "While", "PTt", .statement),
    (0xa3, "NoOp", "", .statement), (0xa4, "Return", "T", .statement),
    (0xa5, "Break", "", .statement), (0xcc, "BreakPoint", "", .statement),
    (0x5b21, "Stall", "T", .statement), (0x5b22, "Sleep", "T", .statement),
    (0x5b24, "Signal", "S", .statement), (0x5b26, "Reset", "S", .statement),
    (0x5b27, "Release", "S", .statement), (0x5b2a, "Unload", "S", .statement),
    (0x5b32, "Fatal", "BDT", .statement),
  ]
}
