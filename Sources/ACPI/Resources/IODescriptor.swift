/// I/O ports, at one of several places.
///
/// **Source:** ACPI 6.5, section 6.4.2.5.
public struct IODescriptor: Hashable, Sendable {
  /// Whether 16 address lines are looked at, and not 10.
  public var decodes16Bits: Bool
  /// The lowest port that may be the first.
  public var minimum: UInt16
  /// The highest port that may be the first.
  public var maximum: UInt16
  /// The step between the choices, in ports.
  public var alignment: UInt8
  /// The number of ports.
  public var length: UInt8

  /// Ports at one of several places.
  public init(
    decodes16Bits: Bool = true, minimum: UInt16, maximum: UInt16, alignment: UInt8, length: UInt8
  ) {
    self.decodes16Bits = decodes16Bits
    self.minimum = minimum
    self.maximum = maximum
    self.alignment = alignment
    self.length = length
  }
}
