/// A clock of the day: Arm's PL030, 4 KiB of registers, as crosvm has one.
///
/// Becomes `rtc@2000 { compatible = "arm,primecell"; arm,primecell-periphid = <0x41030>; … }`: it has
/// no `compatible` of its own, so its number says what it is. It gets the clock of Arm's peripherals
/// unless it has one of its own.
///
/// **Source:** crosvm `aarch64/src/fdt.rs`, `create_rtc_node`; Linux `drivers/rtc/rtc-pl030.c`.
public struct PL030: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Its interrupt.
  public var interrupt: Interrupt
  /// `clocks`: a ``FixedClock``; nil for that of Arm's peripherals.
  public var clock: Reference?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .pl030(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A clock at `at`; crosvm's own clock has 3,141,592 Hz.
  public init(
    at: GuestAddress, interrupt: Interrupt, clock: FixedClock? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.clock = clock.map { Reference(to: $0) }
    self.declaration = Declaration(file, line, column)
  }
}
