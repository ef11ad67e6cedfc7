extension VirtioDevice {
  /// A network device.
  ///
  /// - Parameters:
  ///   - queuePairs: The number of pairs of a receive and a transmit queue, 1 to 32,767; more than
  ///     one come with VIRTIO_NET_F_MQ and need the control queue.
  ///   - queueSize: The size of each; QEMU's `rx_queue_size` and `tx_queue_size` are 256.
  ///   - controlQueue: Whether it has a control queue, of 64.
  ///   - mergeableReceiveBuffers: Whether it offers VIRTIO_NET_F_MRG_RXBUF; without it, a device
  ///     that joins segments makes Linux keep 17 pages for each receive buffer.
  ///   - receiveBufferSize: The size of a receive buffer at rest.
  /// - Returns: The device with its queues.
  ///
  /// **Source:** VIRTIO 1.3, section 5.1.2; QEMU 7.2 `hw/net/virtio-net.c`.
  public static func network(
    queuePairs: Int = 1, queueSize: Int = 256, controlQueue: Bool = true,
    mergeableReceiveBuffers: Bool = true, receiveBufferSize: ByteCount = .bytes(1536)
  ) -> VirtioDevice {
    var queues: [(name: String, size: Int)] = []
    for pair in counted(queuePairs) {
      queues.append(("receiveq\(pair + 1)", queueSize))
      queues.append(("transmitq\(pair + 1)", queueSize))
    }
    if controlQueue { queues.append(("controlq", 64)) }
    return VirtioDevice(1, queues).with(
      .network(
        VirtioNetworkParameters(
          mergeableReceiveBuffers: mergeableReceiveBuffers, receiveBufferSize: receiveBufferSize)))
  }

  /// A socket device with its three queues of 128.
  ///
  /// **Source:** VIRTIO 1.3, section 5.10.2; QEMU 7.2 `hw/virtio/vhost-vsock-common.c`.
  public static let socket = VirtioDevice.socket()

  /// A socket device.
  ///
  /// - Parameters:
  ///   - queueSize: The size of its queues, of which `rx` is filled with buffers.
  ///   - receiveBufferSize: The size of a receive buffer.
  /// - Returns: The device with its three queues.
  public static func socket(
    queueSize: Int = 128, receiveBufferSize: ByteCount = .bytes(3776)
  ) -> VirtioDevice {
    VirtioDevice(19, ["rx", "tx", "event"].map { ($0, queueSize) })
      .with(.socket(VirtioSocketParameters(receiveBufferSize: receiveBufferSize)))
  }
}
