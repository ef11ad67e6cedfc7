extension VirtioFeature {
  /// Bit `bit` of a socket device.
  public static func socket(_ bit: Socket) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a socket device.
  ///
  /// **Source:** VIRTIO 1.3, section 5.10.3.
  public enum Socket: Int, VirtioFeatureBit {
    /// VIRTIO_VSOCK_F_STREAM, 0: there are streams.
    case stream = 0
    /// VIRTIO_VSOCK_F_SEQPACKET, 1: there are sockets of sequenced packets.
    case seqpacket = 1
    /// VIRTIO_VSOCK_F_NO_IMPLIED_STREAM, 2: streams are there only if they are offered.
    case noImpliedStream = 2

    /// The device ID, 19.
    public static var deviceID: Int { 19 }

    /// The standard's name: `VIRTIO_VSOCK_F_STREAM`.
    public var name: String {
      switch self {
      case .stream: "VIRTIO_VSOCK_F_STREAM"
      case .seqpacket: "VIRTIO_VSOCK_F_SEQPACKET"
      case .noImpliedStream: "VIRTIO_VSOCK_F_NO_IMPLIED_STREAM"
      }
    }
  }
}
