/// A clock that a device needs.
///
/// **Source:** ACPI 6.5, section 6.4.3.14.
public struct ClockInput: Hashable, Sendable {
  /// b0 fixed, b1–2 the unit: 0 Hz, 1 kHz, 2 MHz.
  public var flags: UInt16
  /// What the frequency is divided by.
  public var divisor: UInt16
  /// The frequency, in its unit.
  public var numerator: UInt32
  /// Who provides it.
  public var source: ResourceSource?

  /// A clock of this frequency.
  public init(flags: UInt16, divisor: UInt16, numerator: UInt32, source: ResourceSource? = nil) {
    self.flags = flags
    self.divisor = divisor
    self.numerator = numerator
    self.source = source
  }
}
