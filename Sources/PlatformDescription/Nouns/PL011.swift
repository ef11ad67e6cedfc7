/// A serial port: Arm's PL011, 4 KiB of registers.
///
/// Becomes `serial@9000000 { compatible = "arm,pl011", "arm,primecell"; … }` with the clock that
/// its driver asks for. The first one is the console of `/chosen` unless ``Chosen`` names another.
///
/// **Source:** kernel binding `serial/pl011.yaml`.
public struct PL011: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Its interrupt.
  public var interrupt: Interrupt
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .pl011(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A port at `at`.
  public init(
    at: GuestAddress, interrupt: Interrupt,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.declaration = Declaration(file, line, column)
  }
}
