/// A trusted platform module behind registers in memory.
///
/// Becomes `tpm@c000000 { compatible = "tcg,tpm-tis-mmio"; reg = <…>; }`, 20 KiB: five localities of a
/// page each. QEMU puts it on its platform bus.
///
/// **Source:** kernel binding `tpm/tcg,tpm-tis-mmio.yaml`; QEMU 7.2 `hw/core/sysbus-fdt.c`,
/// `add_tpm_tis_fdt_node`.
public struct TPMTIS: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Its interrupt; nil where it has none, as QEMU's.
  public var interrupt: Interrupt?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .tpmTIS(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// A module at `at`.
  public init(
    at: GuestAddress, interrupt: Interrupt? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.declaration = Declaration(file, line, column)
  }
}
