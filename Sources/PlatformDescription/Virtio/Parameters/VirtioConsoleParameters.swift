/// What the buffers of a console need.
///
/// **Source:** VIRTIO 1.3, section 5.3.4; Linux `drivers/char/virtio_console.c`, `fill_queue`.
public struct VirtioConsoleParameters: Sendable, Hashable, Codable {
  /// The number of ports that the guest opens; each has its receive queue filled, with a page a
  /// buffer.
  public var ports: Int

  /// With Linux's figures, and those of QEMU's devices, unless said otherwise.
  public init(ports: Int = 1) {
    self.ports = ports
  }
}
