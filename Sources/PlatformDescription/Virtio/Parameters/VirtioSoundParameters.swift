/// What the buffers of a sound device need.
///
/// **Source:** VIRTIO 1.3, section 5.14.4; Linux `sound/virtio/virtio_pcm.c`.
public struct VirtioSoundParameters: Sendable, Hashable, Codable {
  /// `streams`, the number of PCM streams.
  public var streams: Int
  /// The buffer of a stream while it runs.
  public var bufferSize: ByteCount

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(streams: Int = 2, bufferSize: ByteCount = .kib(480)) {
    self.streams = streams
    self.bufferSize = bufferSize
  }
}
