/// A control method.
///
/// **Source:** ACPI 6.5, section 19.6.85, and 20.2.5.2, DefMethod.
public struct Method: Hashable, Sendable {
  /// Its name.
  public var path: NamePath
  /// The number of its arguments, 0 to 7.
  public var argumentCount: UInt8
  /// Whether one thread at a time runs it.
  public var isSerialized: Bool
  /// The level of its mutex, 0 to 15; 0 where it isn't serialised.
  public var syncLevel: UInt8
  /// What it does.
  public var body: [Term]

  /// A method with these statements.
  public init(
    _ path: NamePath, argumentCount: UInt8 = 0, isSerialized: Bool = false, syncLevel: UInt8 = 0,
    body: [Term]
  ) {
    self.path = path
    self.argumentCount = argumentCount
    self.isSerialized = isSerialized
    self.syncLevel = syncLevel
    self.body = body
  }
}
