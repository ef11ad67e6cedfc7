/// A request line of a DMA controller.
///
/// **Source:** ACPI 6.5, section 6.4.2.7.
public struct FixedDMADescriptor: Hashable, Sendable {
  /// The request line.
  public var requestLine: UInt16
  /// The channel.
  public var channel: UInt16
  /// 0 to 5, for 8, 16, 32, 64, 128 and 256 bits.
  public var width: UInt8

  /// A request line with a channel.
  public init(requestLine: UInt16, channel: UInt16, width: UInt8) {
    self.requestLine = requestLine
    self.channel = channel
    self.width = width
  }
}
