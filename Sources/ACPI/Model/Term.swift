/// A term of AML: an object of the namespace, a statement, or something with a value.
///
/// What is written is decided here: nothing is evaluated, folded or renamed on the way to bytes, and
/// what has several encodings gets the shortest.
///
/// **Source:** ACPI 6.5, chapter 20.
public enum Term: Hashable, Sendable {
  // Values
  /// An integer, in its shortest form; 64 bits, or 32 in a table of revision 1.
  case integer(UInt64)
  /// A string of ASCII characters other than NUL.
  case string(String)
  /// A compressed hardware id, which is an integer.
  case eisaID(EISAID)
  /// A buffer of 16 bytes: `ToUUID ("…")`.
  case uuid(UUID)
  /// A buffer; where `size` is nil, of exactly these bytes. What is beyond them is 0.
  indirect case buffer(size: Term?, bytes: [UInt8])
  /// A buffer of resource descriptors and an end tag: `ResourceTemplate () { … }`.
  case resources([ResourceDescriptor])
  /// A package; where `count` is nil, of exactly these elements.
  case package([Term], count: Int?)
  /// A package whose number of elements is found when it is evaluated.
  indirect case variablePackage(count: Term, [Term])
  /// A name that stands for its object.
  case path(NamePath)
  /// A method that is called.
  case call(NamePath, [Term])
  /// `Local0` to `Local7`.
  case local(UInt8)
  /// `Arg0` to `Arg6`.
  case argument(UInt8)
  /// A target or a name that is left out.
  case nothing
  /// Whatever has no case of its own, with its operands in the order of ASL; raw bytes are integers.
  case operation(Opcode, [Term])

  // Objects
  /// `Scope`: adds to an object that exists.
  case scope(NamePath, [Term])
  /// `Device`.
  case device(NamePath, [Term])
  /// `Name`: an object with a value.
  indirect case name(NamePath, Term)
  /// `Method`.
  indirect case method(Method)
  /// `External`: an object of another table.
  indirect case external(External)
  /// `OperationRegion`.
  indirect case operationRegion(OperationRegion)
  /// `Field`, `IndexField` or `BankField`.
  indirect case field(Field)
  /// `Processor`, which ACPI 6.4 has no longer.
  indirect case processor(Processor)
  /// `PowerResource`.
  indirect case powerResource(PowerResource)
  /// `ThermalZone`.
  case thermalZone(NamePath, [Term])

  // Statements
  /// `If`, with what stands in its `Else`; nil without one.
  indirect case `if`(Term, [Term], else: [Term]?)
  /// `While`.
  indirect case `while`(Term, [Term])
}
