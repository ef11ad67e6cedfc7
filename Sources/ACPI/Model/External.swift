/// An object of another table that this one names.
///
/// It does nothing at run time. It tells whoever reads the table how many arguments a method takes.
///
/// **Source:** ACPI 6.5, section 19.6.45, and 20.2.5.2, DefExternal.
public struct External: Hashable, Sendable {
  /// The object.
  public var path: NamePath
  /// What it is.
  public var type: ObjectType
  /// How many arguments it takes, 0 to 7; 0 of what is no method.
  public var argumentCount: UInt8

  /// An object of another table.
  public init(_ path: NamePath, _ type: ObjectType, argumentCount: UInt8 = 0) {
    self.path = path
    self.type = type
    self.argumentCount = argumentCount
  }
}
