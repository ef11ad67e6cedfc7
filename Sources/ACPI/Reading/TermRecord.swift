/// Where one term stands; its operands and what is in it follow it in the arena.
struct TermRecord: Sendable {
  /// The opcode, or one of those below, which AML has not.
  var opcode: UInt16
  /// The number of its table.
  var table: UInt16
  /// Its first byte in the file.
  var offset: UInt32
  /// One past its last byte.
  var end: UInt32
  /// One past the last record of its operands and of what is in it.
  var subtreeEnd: UInt32
  /// The namespace object that it declares or names.
  var object: UInt32

  /// No object.
  static let noObject = UInt32.max

  /// A name that stands for its object.
  static let name: UInt16 = 0x100
  /// A name that calls its method, with arguments.
  static let call: UInt16 = 0x101
  /// Raw bytes, one, two or four.
  static let byte: UInt16 = 0x102
  static let word: UInt16 = 0x103
  static let doubleWord: UInt16 = 0x104
  /// The bytes of a buffer.
  static let byteList: UInt16 = 0x105
  /// A target that is left out.
  static let nothing: UInt16 = 0x106
  /// Pieces of a field.
  static let namedField: UInt16 = 0x110
  static let reservedField: UInt16 = 0x111
  static let accessField: UInt16 = 0x112
  static let connectField: UInt16 = 0x113
  static let extendedAccessField: UInt16 = 0x114
  /// The rest of a block that couldn't be read.
  static let unreadable: UInt16 = 0x1fe
  /// A whole table.
  static let table: UInt16 = 0x1ff
}
