/// Parallel flash memory, for firmware and its variables.
///
/// Becomes `flash@0 { compatible = "cfi-flash"; reg = <…>; bank-width = <4>; }` with each bank in `reg`.
///
/// **Source:** kernel binding `mtd/mtd-physmap.yaml`; QEMU 7.2 `hw/arm/virt.c`, `virt_flash_fdt`.
public struct Flash: Referable, Hashable, Codable {
  /// The banks, in the order of `reg`: at least one.
  public var banks: [AddressRange]
  /// `bank-width`, the bytes of an access: 1, 2 or 4.
  public var bankWidth: Int
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .flash(self) }
  /// The address of the first bank.
  public var referenceAddress: GuestAddress? { banks.first?.at }

  /// Flash of these banks.
  public init(
    banks: [AddressRange], bankWidth: Int = 4,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.banks = banks
    self.bankWidth = bankWidth
    self.declaration = Declaration(file, line, column)
  }
}
