/// A clock of the day: Goldfish's, 4 KiB of registers, as QEMU's riscv64 machine has one.
///
/// Becomes `rtc@101000 { compatible = "google,goldfish-rtc"; reg = <…>; interrupts = <…>; }`.
///
/// **Source:** kernel binding `rtc/google,goldfish-rtc.yaml`; QEMU 7.2 `hw/riscv/virt.c`,
/// `create_fdt_rtc`.
public struct GoldfishRTC: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Its interrupt.
  public var interrupt: Interrupt
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .goldfishRTC(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A clock at `at`.
  public init(
    at: GuestAddress, interrupt: Interrupt,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.declaration = Declaration(file, line, column)
  }
}
