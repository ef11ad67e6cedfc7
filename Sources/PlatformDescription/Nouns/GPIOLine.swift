/// A line of a GPIO controller, as `gpios` refers to it.
///
/// Becomes `gpios = <&gpio 3 0>`.
///
/// **Source:** kernel binding `gpio/gpio.txt`; `dt-bindings/gpio/gpio.h` for the flags.
public struct GPIOLine: Sendable, Hashable, Codable {
  /// The controller.
  public var controller: Reference
  /// The number of the line, from 0.
  public var number: Int
  /// Whether the line means yes when it is low: GPIO_ACTIVE_LOW.
  public var activeLow: Bool

  /// Line `number` of `controller`.
  public init(_ number: Int, of controller: some Referable, activeLow: Bool = false) {
    self.controller = Reference(to: controller)
    self.number = number
    self.activeLow = activeLow
  }
}
