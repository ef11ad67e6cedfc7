/// A value that turns the machine off when it is written to a register.
///
/// Becomes `poweroff { compatible = "syscon-poweroff"; regmap = <&test>; offset = <0>; value = <0x5555>; }`.
///
/// **Source:** kernel binding `power/reset/syscon-poweroff.yaml`; QEMU 7.2 `hw/riscv/virt.c`,
/// `create_fdt_reset`.
public struct SysconPoweroff: Component, Hashable, Codable {
  /// `regmap`: the device that has the register.
  public var regmap: Reference
  /// `offset`: where the register is in it, in bytes.
  public var offset: Int
  /// `value`: what is written, 32 bits.
  public var value: Int
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .sysconPoweroff(self) }

  /// A value that turns the machine off; that of ``SiFiveTest`` unless said otherwise.
  public init(
    regmap: some Referable, offset: Int = 0, value: Int = 0x5555,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.regmap = Reference(to: regmap)
    self.offset = offset
    self.value = value
    self.declaration = Declaration(file, line, column)
  }
}
