/// The core-local interruptor of a RISC-V machine: its timer and its software interrupts.
///
/// Becomes `timer@2000000 { compatible = "sifive,clint0", "riscv,clint0"; … }`, wired to the software
/// and timer interrupts of each hart in machine mode, 3 and 7. Linux in supervisor mode leaves it to
/// the firmware.
///
/// **Source:** kernel binding `timer/sifive,clint.yaml`; Linux `drivers/clocksource/timer-clint.c`.
public struct CLINT: Referable, Hashable, Codable {
  /// The address of its registers, 64 KiB.
  public var at: GuestAddress
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .clint(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// An interruptor at `at`.
  public init(
    at: GuestAddress, file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.declaration = Declaration(file, line, column)
  }
}
