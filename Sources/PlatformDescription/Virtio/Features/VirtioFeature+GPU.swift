extension VirtioFeature {
  /// Bit `bit` of a GPU.
  public static func gpu(_ bit: GPU) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a GPU.
  ///
  /// **Source:** VIRTIO 1.3, section 5.7.3.
  public enum GPU: Int, VirtioFeatureBit {
    /// VIRTIO_GPU_F_VIRGL, 0: the device draws in three dimensions.
    case virgl = 0
    /// VIRTIO_GPU_F_EDID, 1: the device describes its displays.
    case edid = 1
    /// VIRTIO_GPU_F_RESOURCE_UUID, 2: resources can be given to other devices.
    case resourceUUID = 2
    /// VIRTIO_GPU_F_RESOURCE_BLOB, 3: resources can be plain runs of bytes.
    case resourceBlob = 3
    /// VIRTIO_GPU_F_CONTEXT_INIT, 4: there are several kinds of context.
    case contextInit = 4

    /// The device ID, 16.
    public static var deviceID: Int { 16 }

    /// The standard's name: `VIRTIO_GPU_F_VIRGL`.
    public var name: String {
      switch self {
      case .virgl: "VIRTIO_GPU_F_VIRGL"
      case .edid: "VIRTIO_GPU_F_EDID"
      case .resourceUUID: "VIRTIO_GPU_F_RESOURCE_UUID"
      case .resourceBlob: "VIRTIO_GPU_F_RESOURCE_BLOB"
      case .contextInit: "VIRTIO_GPU_F_CONTEXT_INIT"
      }
    }
  }
}
