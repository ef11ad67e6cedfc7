extension VirtioFeature {
  /// Bit `bit` of a console.
  public static func console(_ bit: Console) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a console.
  ///
  /// **Source:** VIRTIO 1.3, section 5.3.3.
  public enum Console: Int, VirtioFeatureBit {
    /// VIRTIO_CONSOLE_F_SIZE, 0: the device says its columns and rows.
    case size = 0
    /// VIRTIO_CONSOLE_F_MULTIPORT, 1: there are several ports, and control queues.
    case multiport = 1
    /// VIRTIO_CONSOLE_F_EMERG_WRITE, 2: a character can be written before the queues are set up.
    case emergWrite = 2

    /// The device ID, 3.
    public static var deviceID: Int { 3 }

    /// The standard's name: `VIRTIO_CONSOLE_F_SIZE`.
    public var name: String {
      switch self {
      case .size: "VIRTIO_CONSOLE_F_SIZE"
      case .multiport: "VIRTIO_CONSOLE_F_MULTIPORT"
      case .emergWrite: "VIRTIO_CONSOLE_F_EMERG_WRITE"
      }
    }
  }
}
