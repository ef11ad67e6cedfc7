/// What the buffers of a file system need.
///
/// **Source:** Linux `fs/fuse/virtio_fs.c`.
public struct VirtioFileSystemParameters: Sendable, Hashable, Codable {
  /// FUSE's `max_write`: the most that one request carries.
  public var maxWrite: ByteCount

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(maxWrite: ByteCount = .mib(1)) {
    self.maxWrite = maxWrite
  }
}
