/// An advanced platform-level interrupt controller: one domain of wired interrupts.
///
/// Becomes `interrupt-controller@d000000 { compatible = "riscv,aplic"; … }`. It sends what arrives to
/// the ``IMSIC`` of its mode (`msi-parent`) where the machine has one, and to the harts otherwise. A
/// domain of machine mode hands all sources to the one of supervisor mode, if there is one.
///
/// **Source:** kernel binding `interrupt-controller/riscv,aplic.yaml`; RISC-V Advanced Interrupt
/// Architecture 1.0, chapter 4; Linux `drivers/irqchip/irq-riscv-aplic-main.c`.
public struct APLIC: Referable, Hashable, Codable {
  /// The privilege mode of the harts that it interrupts.
  public var mode: PrivilegeMode
  /// The address of its registers.
  public var at: GuestAddress
  /// The size of its registers, in bytes.
  public var size: ByteCount
  /// `riscv,num-sources`: the number of interrupt sources, 1 to 1,023; the last one has this number.
  public var sources: Int
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .aplic(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A domain of `sources` interrupt sources.
  ///
  /// - Parameters:
  ///   - mode: The privilege mode of the harts that it interrupts.
  ///   - at: The address of its registers.
  ///   - size: Their size; 32 KiB, 16 for the domain and 32 bytes for each of 512 harts, unless said
  ///     otherwise.
  ///   - sources: The number of interrupt sources, 1 to 1,023.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ mode: PrivilegeMode, at: GuestAddress, size: ByteCount = .kib(32), sources: Int,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.mode = mode
    self.at = at
    self.size = size
    self.sources = sources
    self.declaration = Declaration(file, line, column)
  }
}

/// A privilege mode of a hart that takes interrupts.
///
/// **Source:** The RISC-V Instruction Set Manual, volume II, section 1.2.
public enum PrivilegeMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// Machine mode: the firmware's.
  case machine
  /// Supervisor mode: the kernel's.
  case supervisor
}
