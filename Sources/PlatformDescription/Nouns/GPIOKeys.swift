/// Keys that are wired to lines: the power button of a machine.
///
/// Becomes `gpio-keys { compatible = "gpio-keys"; poweroff { … }; }`.
///
/// ```swift
/// GPIOKeys {
///   GPIOKey("poweroff", code: 116, label: "GPIO Key Poweroff", gpio: gpio.line(3))
/// }
/// ```
///
/// **Source:** kernel binding `input/gpio-keys.yaml`; QEMU 7.2 `hw/arm/virt.c`, `create_gpio_keys`.
public struct GPIOKeys: Component, Hashable, Codable {
  /// The keys, in braces.
  public var keys: [GPIOKey]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .gpioKeys(self) }

  /// The keys in braces.
  public init(
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @GPIOKeyBuilder _ keys: () -> [GPIOKey]
  ) {
    self.keys = keys()
    self.declaration = Declaration(file, line, column)
  }
}

/// A key of ``GPIOKeys``.
///
/// Becomes the child `poweroff { gpios = <&gpio 3 0>; linux,code = <116>; label = "…"; }`.
public struct GPIOKey: Declared, Hashable, Codable {
  /// The name of its node.
  public var name: String
  /// `linux,code`: what the guest takes it for; KEY_POWER is 116.
  ///
  /// **Source:** kernel header `dt-bindings/input/linux-event-codes.h`.
  public var code: Int
  /// `label`; nil for none.
  public var label: String?
  /// `gpios`: the line.
  public var gpio: GPIOLine
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// A key on the line `gpio`.
  public init(
    _ name: String, code: Int, label: String? = nil, gpio: GPIOLine,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.code = code
    self.label = label
    self.gpio = gpio
    self.declaration = Declaration(file, line, column)
  }
}

/// Collects the keys of ``GPIOKeys``.
@resultBuilder
public enum GPIOKeyBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = GPIOKey

  /// One key.
  public static func buildExpression(_ key: GPIOKey) -> [GPIOKey] { [key] }

  /// Says what belongs here.
  @available(*, unavailable, message: "the braces of GPIOKeys hold GPIOKey values")
  public static func buildExpression<Other>(_ other: Other) -> [GPIOKey] { [] }
}
