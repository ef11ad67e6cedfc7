/// A battery: Goldfish's, 4 KiB of registers, as crosvm has one.
///
/// Becomes `battery@5000 { compatible = "google,goldfish-battery"; reg = <…>; interrupts = <…>; }`.
///
/// **Source:** kernel binding `power/supply/google,goldfish-battery.txt`; crosvm
/// `aarch64/src/fdt.rs`, `create_battery_node`.
public struct GoldfishBattery: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Its interrupt.
  public var interrupt: Interrupt
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .goldfishBattery(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A battery at `at`.
  public init(
    at: GuestAddress, interrupt: Interrupt,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.declaration = Declaration(file, line, column)
  }
}
