/// Pins of a GPIO controller, as interrupts or as lines.
///
/// **Source:** ACPI 6.5, section 6.4.3.8.1.
public struct GPIOConnection: Hashable, Sendable {
  /// Whether the pins are interrupts (`GpioInt`), and not lines (`GpioIo`).
  public var isInterrupt: Bool
  /// Whether the device uses them itself.
  public var isConsumer: Bool
  /// What the pins are, as bits.
  ///
  /// Of interrupts: b0 edge, b1–2 polarity, b3 shared, b4 wakes. Of lines: b0–1 restriction, b3 shared.
  public var flags: UInt16
  /// 0 default, 1 up, 2 down, 3 none; from 0x80 on a vendor's.
  public var pull: UInt8
  /// The strength of the output, in units of 10 µA.
  public var driveStrength: UInt16
  /// How long a level must last, in units of 10 µs.
  public var debounce: UInt16
  /// The pins.
  public var pins: [UInt16]
  /// The controller.
  public var source: ResourceSource
  /// Bytes of a vendor's.
  public var vendorData: [UInt8]

  /// Pins of a controller.
  public init(
    isInterrupt: Bool, flags: UInt16, pull: UInt8 = 0, pins: [UInt16], source: ResourceSource
  ) {
    self.isInterrupt = isInterrupt
    isConsumer = true
    self.flags = flags
    self.pull = pull
    driveStrength = 0
    debounce = 0
    self.pins = pins
    self.source = source
    vendorData = []
  }
}
