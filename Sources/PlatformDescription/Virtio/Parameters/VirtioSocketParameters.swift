/// What the buffers of a socket device need.
///
/// **Source:** Linux `net/vmw_vsock/virtio_transport.c`, `virtio_vsock_rx_fill`.
public struct VirtioSocketParameters: Sendable, Hashable, Codable {
  /// The size of a receive buffer: Linux takes a page, less what it keeps beside the data.
  public var receiveBufferSize: ByteCount

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(receiveBufferSize: ByteCount = .bytes(3776)) {
    self.receiveBufferSize = receiveBufferSize
  }
}
