/// The incoming MSI controllers of all harts, for one privilege mode.
///
/// Becomes `msi-controller@28000000 { compatible = "riscv,imsics"; … }`, with one page for each hart,
/// and as many more as guests are to take MSIs by themselves.
///
/// **Source:** kernel binding `interrupt-controller/riscv,imsics.yaml`; RISC-V Advanced Interrupt
/// Architecture 1.0, chapter 3; Linux `drivers/irqchip/irq-riscv-imsic-state.c`.
public struct IMSIC: Referable, Hashable, Codable {
  /// The privilege mode of the harts that it interrupts.
  public var mode: PrivilegeMode
  /// The address of the first hart's interrupt file.
  public var at: GuestAddress
  /// `riscv,num-ids`: the number of interrupt identities, 63 to 2,047, one less than a multiple of 64.
  public var identities: Int
  /// `riscv,guest-index-bits`: each hart has 2 to this power pages, one of which is its own; 0 to 7.
  public var guestIndexBits: Int
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .imsic(self) }
  /// The address of the first hart's interrupt file.
  public var referenceAddress: GuestAddress? { at }

  /// The interrupt files of all harts, one behind the other.
  ///
  /// - Parameters:
  ///   - mode: The privilege mode of the harts that they interrupt.
  ///   - at: The address of the first hart's.
  ///   - identities: The number of interrupt identities, 63 to 2,047, one less than a multiple of 64.
  ///   - guestIndexBits: Each hart has 2 to this power pages; one unless said otherwise.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ mode: PrivilegeMode, at: GuestAddress, identities: Int = 255, guestIndexBits: Int = 0,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.mode = mode
    self.at = at
    self.identities = identities
    self.guestIndexBits = guestIndexBits
    self.declaration = Declaration(file, line, column)
  }
}
