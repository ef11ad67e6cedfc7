/// What an SPI connection has of its own.
///
/// **Source:** ACPI 6.5, section 6.4.3.8.2.2.
public struct SPIConnection: Hashable, Sendable {
  /// The speed in Hz.
  public var speed: UInt32
  /// The bits of a transfer.
  public var dataBits: UInt8
  /// Whether data is sampled at the second edge.
  public var isSecondPhase: Bool
  /// Whether the clock rests high.
  public var isClockHigh: Bool
  /// Which device.
  public var deviceSelection: UInt16
  /// Whether there are three wires, and not four.
  public var hasThreeWires: Bool
  /// Whether the device is selected by a high level.
  public var isSelectedHigh: Bool

  /// A connection in mode 0.
  public init(speed: UInt32, dataBits: UInt8 = 8, deviceSelection: UInt16) {
    self.speed = speed
    self.dataBits = dataBits
    self.deviceSelection = deviceSelection
    isSecondPhase = false
    isClockHigh = false
    hasThreeWires = false
    isSelectedHigh = false
  }
}
