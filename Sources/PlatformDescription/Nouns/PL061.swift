/// General-purpose input and output: Arm's PL061, 8 lines, 4 KiB of registers.
///
/// Becomes `gpio@9030000 { compatible = "arm,pl061", "arm,primecell"; gpio-controller;
/// #gpio-cells = <2>; … }` with the clock of Arm's peripherals. Others refer to its lines:
///
/// ```swift
/// let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
/// GPIOKeys { GPIOKey("poweroff", code: 116, gpio: gpio.line(3)) }
/// ```
///
/// **Source:** kernel binding `gpio/pl061-gpio.yaml`.
public struct PL061: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Its interrupt.
  public var interrupt: Interrupt
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .pl061(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A controller at `at`.
  public init(
    at: GuestAddress, interrupt: Interrupt,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.declaration = Declaration(file, line, column)
  }

  /// Line `number` of it, 0 to 7.
  public func line(_ number: Int, activeLow: Bool = false) -> GPIOLine {
    GPIOLine(number, of: self, activeLow: activeLow)
  }
}
