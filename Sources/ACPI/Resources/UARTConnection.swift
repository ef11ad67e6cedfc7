/// What a UART connection has of its own.
///
/// **Source:** ACPI 6.5, section 6.4.3.8.2.3.
public struct UARTConnection: Hashable, Sendable {
  /// The speed in bauds.
  public var speed: UInt32
  /// The size of the FIFO for what is received, in bytes.
  public var receiveFIFO: UInt16
  /// The size of the FIFO for what is sent, in bytes.
  public var transmitFIFO: UInt16
  /// 0 none, 1 even, 2 odd, 3 mark, 4 space.
  public var parity: UInt8
  /// The lines that are there, as bits: RTS 0x80, CTS 0x40, DTR 0x20, DSR 0x10, RI 0x08, DTD 0x04.
  public var lines: UInt8
  /// b0–1 flow control, b2–3 stop bits, b4–6 data bits less 5, b7 big-endian.
  public var flags: UInt16

  /// A connection with 8 data bits and one stop bit.
  public init(speed: UInt32, receiveFIFO: UInt16, transmitFIFO: UInt16) {
    self.speed = speed
    self.receiveFIFO = receiveFIFO
    self.transmitFIFO = transmitFIFO
    parity = 0
    lines = 0
    flags = 0x34
  }
}
