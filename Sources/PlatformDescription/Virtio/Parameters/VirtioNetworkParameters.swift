/// What the buffers of a network device need.
///
/// **Source:** Linux `drivers/net/virtio_net.c`, `add_recvbuf_mergeable` and `add_recvbuf_big`.
public struct VirtioNetworkParameters: Sendable, Hashable, Codable {
  /// Whether the device offers VIRTIO_NET_F_MRG_RXBUF, so that a packet may be spread over
  /// buffers.
  public var mergeableReceiveBuffers: Bool
  /// The size of a receive buffer at rest; Linux lets it grow up to a page with the traffic.
  public var receiveBufferSize: ByteCount

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(mergeableReceiveBuffers: Bool = true, receiveBufferSize: ByteCount = .bytes(1536)) {
    self.mergeableReceiveBuffers = mergeableReceiveBuffers
    self.receiveBufferSize = receiveBufferSize
  }
}
