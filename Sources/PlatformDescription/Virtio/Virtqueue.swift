/// A virtqueue of a device.
public struct Virtqueue: Sendable, Hashable, Codable {
  /// What it carries: `requestq`, `receiveq1`.
  public var name: String
  /// The largest number of descriptors that the device offers: a power of two up to 32,768.
  public var size: Int

  /// A queue.
  public init(_ name: String, size: Int) {
    self.name = name
    self.size = size
  }
}
