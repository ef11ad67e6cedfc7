extension VirtioFeature {
  /// Bit `bit` of a SCSI host.
  public static func scsi(_ bit: SCSI) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a SCSI host.
  ///
  /// **Source:** VIRTIO 1.3, section 5.6.3.
  public enum SCSI: Int, VirtioFeatureBit {
    /// VIRTIO_SCSI_F_INOUT, 0: one request may both read and write.
    case `inout` = 0
    /// VIRTIO_SCSI_F_HOTPLUG, 1: disks come and go.
    case hotplug = 1
    /// VIRTIO_SCSI_F_CHANGE, 2: the device reports changes of a disk.
    case change = 2
    /// VIRTIO_SCSI_F_T10_PI, 3: requests carry protection information.
    case t10PI = 3

    /// The device ID, 8.
    public static var deviceID: Int { 8 }

    /// The standard's name: `VIRTIO_SCSI_F_INOUT`.
    public var name: String {
      switch self {
      case .inout: "VIRTIO_SCSI_F_INOUT"
      case .hotplug: "VIRTIO_SCSI_F_HOTPLUG"
      case .change: "VIRTIO_SCSI_F_CHANGE"
      case .t10PI: "VIRTIO_SCSI_F_T10_PI"
      }
    }
  }
}
