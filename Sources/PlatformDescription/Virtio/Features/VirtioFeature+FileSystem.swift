extension VirtioFeature {
  /// Bit `bit` of a file system.
  public static func fileSystem(_ bit: FileSystem) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a file system.
  ///
  /// **Source:** VIRTIO 1.3, section 5.11.3.
  public enum FileSystem: Int, VirtioFeatureBit {
    /// VIRTIO_FS_F_NOTIFICATION, 0: there is a queue for notifications.
    case notification = 0

    /// The device ID, 26.
    public static var deviceID: Int { 26 }

    /// The standard's name: `VIRTIO_FS_F_NOTIFICATION`.
    public var name: String {
      switch self {
      case .notification: "VIRTIO_FS_F_NOTIFICATION"
      }
    }
  }
}
