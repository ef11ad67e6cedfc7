/// Interrupts by their global numbers (GSI), on arm64 the INTID.
///
/// **Source:** ACPI 6.5, section 6.4.3.6.
public struct ExtendedInterrupt: Hashable, Sendable {
  /// Whether the device uses them itself.
  public var isConsumer: Bool
  /// How they are signalled.
  public var mode: InterruptMode
  /// The numbers, at least one and at most 255.
  public var numbers: [UInt32]
  /// Who provides them; nil for the system.
  public var source: ResourceSource?

  /// Interrupts of a device.
  public init(
    _ numbers: [UInt32], mode: InterruptMode, isConsumer: Bool = true,
    source: ResourceSource? = nil
  ) {
    self.numbers = numbers
    self.mode = mode
    self.isConsumer = isConsumer
    self.source = source
  }
}
