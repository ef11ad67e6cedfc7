/// The ITS that takes the messages of a device, and what it calls the device.
public struct MessageTranslation: Sendable, Hashable {
  /// The address of the ITS.
  public let its: UInt64
  /// The device ID.
  public let id: UInt32
}

extension MessageTranslation: CustomStringConvertible {
  /// `0x8 of the ITS at 0x8080000`.
  public var description: String {
    "\(ByteText.hex(UInt64(id))) of the ITS at \(ByteText.hex(its))"
  }
}
