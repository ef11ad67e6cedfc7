/// What an object's value is known to be without running anything.
public enum Evaluation<Value: Sendable>: Sendable {
  /// There is no such object.
  case absent
  /// Its value is written down.
  case known(Value)
  /// It takes an interpreter to tell, or the value isn't what it should be; why, and where.
  case unknown(ACPIError)

  /// The value where it is known.
  public var value: Value? {
    if case .known(let value) = self { value } else { nil }
  }

  /// Why there is no value, where there is an object.
  public var problem: ACPIError? {
    if case .unknown(let error) = self { error } else { nil }
  }

  /// What `transform` makes of the value.
  ///
  /// - Throws: nothing; what it throws becomes ``unknown(_:)``.
  func map<Other>(_ transform: (Value) throws(ACPIError) -> Other) -> Evaluation<Other> {
    switch self {
    case .absent: return .absent
    case .unknown(let error): return .unknown(error)
    case .known(let value):
      do {
        return .known(try transform(value))
      } catch {
        return .unknown(error)
      }
    }
  }
}
