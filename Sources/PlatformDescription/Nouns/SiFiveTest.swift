/// SiFive's test device: a register through which a riscv64 guest ends or starts anew, 4 KiB.
///
/// Becomes `test@100000 { compatible = "sifive,test1", "sifive,test0", "syscon"; reg = <…>; }`.
/// ``SysconPoweroff`` and ``SysconReboot`` say what to write into it.
///
/// **Source:** kernel binding `mfd/syscon.yaml`; QEMU 7.2 `hw/riscv/virt.c`, `create_fdt_reset`.
public struct SiFiveTest: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .sifiveTest(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// The register at `at`.
  public init(
    at: GuestAddress,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.declaration = Declaration(file, line, column)
  }
}
