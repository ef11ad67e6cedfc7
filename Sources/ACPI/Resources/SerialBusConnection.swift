/// A connection to a serial bus: I²C, SPI, UART, or one that isn't taken apart.
///
/// **Source:** ACPI 6.5, section 6.4.3.8.2.
public struct SerialBusConnection: Hashable, Sendable {
  /// What only one bus has.
  public enum Bus: Hashable, Sendable {
    /// I²C: speed in Hz, address of the device, whether it has 10 bits.
    case i2c(speed: UInt32, address: UInt16, has10Bits: Bool)
    /// SPI.
    case spi(SPIConnection)
    /// A UART.
    case uart(UARTConnection)
    /// Another bus by its number, with its flags and the bytes of its own.
    case other(type: UInt8, flags: UInt16, data: [UInt8])
  }

  /// 1, or 2 where sharing is told.
  public var revision: UInt8
  /// What only this bus has.
  public var bus: Bus
  /// Whether the device starts transfers, and not the controller.
  public var isDeviceInitiated: Bool
  /// Whether the device uses the connection itself.
  public var isConsumer: Bool
  /// Whether several devices share it; from revision 2 on.
  public var isShared: Bool
  /// The controller.
  public var source: ResourceSource
  /// The revision of the bus's own part.
  public var busRevision: UInt8
  /// Bytes of a vendor's.
  public var vendorData: [UInt8]

  /// A connection of revision 2.
  public init(_ bus: Bus, source: ResourceSource) {
    revision = 2
    self.bus = bus
    isDeviceInitiated = false
    isConsumer = true
    isShared = false
    self.source = source
    busRevision = 1
    vendorData = []
  }
}
