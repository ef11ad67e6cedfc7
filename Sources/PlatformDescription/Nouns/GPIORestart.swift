/// A line that starts the machine anew.
///
/// Becomes `gpio-restart { compatible = "gpio-restart"; gpios = <&gpio 0 0>; }`. QEMU's secure machine has
/// one that only its secure world sees: ``Component/secureOnly()``.
///
/// **Source:** kernel binding `power/reset/gpio-restart.yaml`; QEMU 7.2 `hw/arm/virt.c`,
/// `create_secure_gpio_keys`.
public struct GPIORestart: Component, Hashable, Codable {
  /// `gpios`: the line.
  public var gpio: GPIOLine
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .gpioRestart(self) }

  /// A line that starts the machine anew.
  public init(
    _ gpio: GPIOLine,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.gpio = gpio
    self.declaration = Declaration(file, line, column)
  }
}
