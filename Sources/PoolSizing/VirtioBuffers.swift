/// What no queue says about the buffers of a virtio device.
///
/// Without figures it is the least that any device of the type has, whatever its host does.
public struct VirtioBuffers: Sendable, Hashable {
  /// The size of a receive buffer of a network or a socket device, in bytes; nil for Linux's.
  public var receiveBuffer: UInt64?
  /// The number of ports of a console that the guest opens.
  public var openPorts: Int
  /// The largest request of a disk, a file system or a 9P transport, in bytes; nil for Linux's.
  public var largestRequest: UInt64?
  /// What stays mapped as long as the device lives, in bytes: the framebuffers of a GPU.
  public var kept: UInt64
  /// What is mapped while all its streams run, in bytes.
  public var streaming: UInt64

  /// Buffers of these figures.
  public init(
    receiveBuffer: UInt64? = nil, openPorts: Int = 1, largestRequest: UInt64? = nil,
    kept: UInt64 = 0, streaming: UInt64 = 0
  ) {
    self.receiveBuffer = receiveBuffer.map(Self.bounded)
    self.openPorts = max(openPorts, 1)
    self.largestRequest = largestRequest.map(Self.bounded)
    self.kept = Self.bounded(kept)
    self.streaming = Self.bounded(streaming)
  }

  /// More than this no pool has room for; products with it stay numbers.
  private static func bounded(_ bytes: UInt64) -> UInt64 { min(bytes, 1 << 32) }
}
