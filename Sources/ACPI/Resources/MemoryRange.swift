/// Memory at one of several places, as `Memory24` and `Memory32` have it.
///
/// **Source:** ACPI 6.5, sections 6.4.3.1 and 6.4.3.3.
public struct MemoryRange<Value: FixedWidthInteger & UnsignedInteger & Sendable>: Hashable,
  Sendable
{
  /// Whether it can be written.
  public var isWritable: Bool
  /// The lowest base.
  public var minimum: Value
  /// The highest base.
  public var maximum: Value
  /// The step between the choices.
  public var alignment: Value
  /// How long it is.
  public var length: Value

  /// Memory at one of several places.
  public init(
    isWritable: Bool = true, minimum: Value, maximum: Value, alignment: Value, length: Value
  ) {
    self.isWritable = isWritable
    self.minimum = minimum
    self.maximum = maximum
    self.alignment = alignment
    self.length = length
  }
}
