/// A value that starts the machine anew when it is written to a register.
///
/// Becomes `reboot { compatible = "syscon-reboot"; regmap = <&test>; offset = <0>; value = <0x7777>; }`.
///
/// **Source:** kernel binding `power/reset/syscon-reboot.yaml`; QEMU 7.2 `hw/riscv/virt.c`,
/// `create_fdt_reset`.
public struct SysconReboot: Component, Hashable, Codable {
  /// `regmap`: the device that has the register.
  public var regmap: Reference
  /// `offset`: where the register is in it, in bytes.
  public var offset: Int
  /// `value`: what is written, 32 bits.
  public var value: Int
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .sysconReboot(self) }

  /// A value that starts the machine anew; that of ``SiFiveTest`` unless said otherwise.
  public init(
    regmap: some Referable, offset: Int = 0, value: Int = 0x7777,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.regmap = Reference(to: regmap)
    self.offset = offset
    self.value = value
    self.declaration = Declaration(file, line, column)
  }
}
