extension Opcode {
  /// `Zero`.
  public static let zero = Opcode(rawValue: 0x00)
  /// `One`.
  public static let one = Opcode(rawValue: 0x01)
  /// `Ones`.
  public static let ones = Opcode(rawValue: 0xff)
  /// An integer of one byte.
  public static let byte = Opcode(rawValue: 0x0a)
  /// An integer of two bytes.
  public static let word = Opcode(rawValue: 0x0b)
  /// An integer of four bytes.
  public static let doubleWord = Opcode(rawValue: 0x0c)
  /// An integer of eight bytes.
  public static let quadWord = Opcode(rawValue: 0x0e)
  /// `String`.
  public static let string = Opcode(rawValue: 0x0d)
  /// `Revision`.
  public static let revision = Opcode(rawValue: 0x5b30)
  /// `Buffer`.
  public static let buffer = Opcode(rawValue: 0x11)
  /// `Package`.
  public static let package = Opcode(rawValue: 0x12)
  /// `Package` whose count is a term: VarPackageOp.
  public static let variablePackage = Opcode(rawValue: 0x13)
  /// `Alias`.
  public static let alias = Opcode(rawValue: 0x06)
  /// `Name`.
  public static let name = Opcode(rawValue: 0x08)
  /// `Scope`.
  public static let scope = Opcode(rawValue: 0x10)
  /// `Method`.
  public static let method = Opcode(rawValue: 0x14)
  /// `External`.
  public static let external = Opcode(rawValue: 0x15)
  /// `CreateDWordField`.
  public static let createDWordField = Opcode(rawValue: 0x8a)
  /// `CreateWordField`.
  public static let createWordField = Opcode(rawValue: 0x8b)
  /// `CreateByteField`.
  public static let createByteField = Opcode(rawValue: 0x8c)
  /// `CreateBitField`.
  public static let createBitField = Opcode(rawValue: 0x8d)
  /// `CreateQWordField`.
  public static let createQWordField = Opcode(rawValue: 0x8f)
  /// `Mutex`.
  public static let mutex = Opcode(rawValue: 0x5b01)
  /// `Event`.
  public static let event = Opcode(rawValue: 0x5b02)
  /// `CreateField`.
  public static let createField = Opcode(rawValue: 0x5b13)
  /// `OperationRegion`.
  public static let operationRegion = Opcode(rawValue: 0x5b80)
  /// `Field`.
  public static let field = Opcode(rawValue: 0x5b81)
  /// `Device`.
  public static let device = Opcode(rawValue: 0x5b82)
  /// `Processor`.
  public static let processor = Opcode(rawValue: 0x5b83)
  /// `PowerResource`.
  public static let powerResource = Opcode(rawValue: 0x5b84)
  /// `ThermalZone`.
  public static let thermalZone = Opcode(rawValue: 0x5b85)
  /// `IndexField`.
  public static let indexField = Opcode(rawValue: 0x5b86)
  /// `BankField`.
  public static let bankField = Opcode(rawValue: 0x5b87)
  /// `DataTableRegion`.
  public static let dataTableRegion = Opcode(rawValue: 0x5b88)
  /// `Debug`.
  public static let debug = Opcode(rawValue: 0x5b31)
  /// `Store`: value, target.
  public static let store = Opcode(rawValue: 0x70)
  /// `RefOf`.
  public static let refOf = Opcode(rawValue: 0x71)
  /// `Add`: two terms, target.
  public static let add = Opcode(rawValue: 0x72)
  /// `Concatenate`.
  public static let concatenate = Opcode(rawValue: 0x73)
  /// `Subtract`.
  public static let subtract = Opcode(rawValue: 0x74)
  /// `Increment`.
  public static let increment = Opcode(rawValue: 0x75)
  /// `Decrement`.
  public static let decrement = Opcode(rawValue: 0x76)
  /// `Multiply`.
  public static let multiply = Opcode(rawValue: 0x77)
  /// `Divide`: dividend, divisor, targets of remainder and quotient.
  public static let divide = Opcode(rawValue: 0x78)
  /// `ShiftLeft`.
  public static let shiftLeft = Opcode(rawValue: 0x79)
  /// `ShiftRight`.
  public static let shiftRight = Opcode(rawValue: 0x7a)
  /// `And`.
  public static let and = Opcode(rawValue: 0x7b)
  /// `Nand`.
  public static let nand = Opcode(rawValue: 0x7c)
  /// `Or`.
  public static let or = Opcode(rawValue: 0x7d)
  /// `Nor`.
  public static let nor = Opcode(rawValue: 0x7e)
  /// `Xor`.
  public static let xor = Opcode(rawValue: 0x7f)
  /// `Not`.
  public static let not = Opcode(rawValue: 0x80)
  /// `FindSetLeftBit`.
  public static let findSetLeftBit = Opcode(rawValue: 0x81)
  /// `FindSetRightBit`.
  public static let findSetRightBit = Opcode(rawValue: 0x82)
  /// `DerefOf`.
  public static let derefOf = Opcode(rawValue: 0x83)
  /// `ConcatenateResTemplate`.
  public static let concatenateResTemplate = Opcode(rawValue: 0x84)
  /// `Mod`.
  public static let mod = Opcode(rawValue: 0x85)
  /// `Notify`: object, value.
  public static let notify = Opcode(rawValue: 0x86)
  /// `SizeOf`.
  public static let sizeOf = Opcode(rawValue: 0x87)
  /// `Index`.
  public static let index = Opcode(rawValue: 0x88)
  /// `Match`: package, operator, value, operator, value, index; operators are raw bytes.
  public static let match = Opcode(rawValue: 0x89)
  /// `ObjectType`.
  public static let objectType = Opcode(rawValue: 0x8e)
  /// `LAnd`.
  public static let logicalAnd = Opcode(rawValue: 0x90)
  /// `LOr`.
  public static let logicalOr = Opcode(rawValue: 0x91)
  /// `LNot`.
  public static let logicalNot = Opcode(rawValue: 0x92)
  /// `LEqual`.
  public static let logicalEqual = Opcode(rawValue: 0x93)
  /// `LGreater`.
  public static let logicalGreater = Opcode(rawValue: 0x94)
  /// `LLess`.
  public static let logicalLess = Opcode(rawValue: 0x95)
  /// `ToBuffer`.
  public static let toBuffer = Opcode(rawValue: 0x96)
  /// `ToDecimalString`.
  public static let toDecimalString = Opcode(rawValue: 0x97)
  /// `ToHexString`.
  public static let toHexString = Opcode(rawValue: 0x98)
  /// `ToInteger`.
  public static let toInteger = Opcode(rawValue: 0x99)
  /// `ToString`.
  public static let toString = Opcode(rawValue: 0x9c)
  /// `CopyObject`.
  public static let copyObject = Opcode(rawValue: 0x9d)
  /// `Mid`.
  public static let mid = Opcode(rawValue: 0x9e)
  /// `CondRefOf`.
  public static let condRefOf = Opcode(rawValue: 0x5b12)
  /// `LoadTable`.
  public static let loadTable = Opcode(rawValue: 0x5b1f)
  /// `Load`.
  public static let load = Opcode(rawValue: 0x5b20)
  /// `Acquire`: mutex, raw word of milliseconds.
  public static let acquire = Opcode(rawValue: 0x5b23)
  /// `Wait`.
  public static let wait = Opcode(rawValue: 0x5b25)
  /// `FromBCD`.
  public static let fromBCD = Opcode(rawValue: 0x5b28)
  /// `ToBCD`.
  public static let toBCD = Opcode(rawValue: 0x5b29)
  /// `Timer`.
  public static let timer = Opcode(rawValue: 0x5b33)
  /// `Continue`.
  public static let `continue` = Opcode(rawValue: 0x9f)
  /// `If`.
  public static let `if` = Opcode(rawValue: 0xa0)
  /// `Else`.
  public static let `else` = Opcode(rawValue: 0xa1)
  /// `While`.
  public static let `while` = Opcode(rawValue: 0xa2)
  /// `NoOp`.
  public static let noOp = Opcode(rawValue: 0xa3)
  /// `Return`.
  public static let `return` = Opcode(rawValue: 0xa4)
  /// `Break`.
  public static let `break` = Opcode(rawValue: 0xa5)
  /// `BreakPoint`.
  public static let breakPoint = Opcode(rawValue: 0xcc)
  /// `Stall`.
  public static let stall = Opcode(rawValue: 0x5b21)
  /// `Sleep`.
  public static let sleep = Opcode(rawValue: 0x5b22)
  /// `Signal`.
  public static let signal = Opcode(rawValue: 0x5b24)
  /// `Reset`.
  public static let reset = Opcode(rawValue: 0x5b26)
  /// `Release`.
  public static let release = Opcode(rawValue: 0x5b27)
  /// `Unload`.
  public static let unload = Opcode(rawValue: 0x5b2a)
  /// `Fatal`: raw byte, raw double word, term.
  public static let fatal = Opcode(rawValue: 0x5b32)
}
