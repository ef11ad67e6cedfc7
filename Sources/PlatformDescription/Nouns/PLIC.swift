/// The platform-level interrupt controller of a RISC-V machine.
///
/// Becomes `interrupt-controller@c000000 { compatible = "sifive,plic-1.0.0", "riscv,plic0"; … }`,
/// wired to the external interrupts of each hart: 11 in machine mode, 9 in supervisor mode.
///
/// **Source:** kernel binding `interrupt-controller/sifive,plic-1.0.0.yaml`; RISC-V Platform-Level
/// Interrupt Controller Specification 1.0; Linux `drivers/irqchip/irq-sifive-plic.c`.
public struct PLIC: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// The size of its registers, in bytes.
  public var size: ByteCount
  /// `riscv,ndev`: the number of interrupt sources, 1 to 1,023; the last one has this number.
  public var sources: Int
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .plic(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A controller of `sources` interrupt sources.
  ///
  /// - Parameters:
  ///   - at: The address of its registers.
  ///   - size: Their size; 64 MiB, what the specification sets aside, unless said otherwise.
  ///   - sources: The number of interrupt sources, 1 to 1,023.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    at: GuestAddress, size: ByteCount = .mib(64), sources: Int,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.size = size
    self.sources = sources
    self.declaration = Declaration(file, line, column)
  }
}
