/// Values that live as long as the process.
///
/// Taking a large one apart takes as long as writing it, and a process that ends has no use for it.
enum UntilExit {
  private final class Keeper<Value> {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  /// Keeps `value`.
  static func keep<Value>(_ value: Value) { _ = Unmanaged.passRetained(Keeper(value)) }
}
