/// How a driver reaches a virtio device; it decides how its queues are laid out.
public enum VirtioTransport: String, Sendable, Hashable, Codable {
  /// Registers in memory.
  case mmio
  /// PCI, with VIRTIO_F_VERSION_1.
  case pci
}
