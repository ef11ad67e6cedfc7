extension VirtioFeature {
  /// Bit `bit` of a PMEM device.
  public static func pmem(_ bit: PMEM) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a PMEM device.
  ///
  /// **Source:** VIRTIO 1.3, section 5.19.3.
  public enum PMEM: Int, VirtioFeatureBit {
    /// VIRTIO_PMEM_F_SHMEM_REGION, 0: the memory is a shared memory region of the device.
    case shmemRegion = 0

    /// The device ID, 27.
    public static var deviceID: Int { 27 }

    /// The standard's name: `VIRTIO_PMEM_F_SHMEM_REGION`.
    public var name: String {
      switch self {
      case .shmemRegion: "VIRTIO_PMEM_F_SHMEM_REGION"
      }
    }
  }
}
