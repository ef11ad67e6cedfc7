/// What the buffers of a 9P transport need.
///
/// **Source:** Linux `net/9p/client.c`, DEFAULT_MSIZE.
public struct VirtioNinePParameters: Sendable, Hashable, Codable {
  /// The most that one message carries.
  public var msize: ByteCount

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(msize: ByteCount = .kib(128)) {
    self.msize = msize
  }
}
