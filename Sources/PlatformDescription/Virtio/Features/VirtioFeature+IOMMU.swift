extension VirtioFeature {
  /// Bit `bit` of an IOMMU.
  public static func iommu(_ bit: IOMMU) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of an IOMMU.
  ///
  /// **Source:** VIRTIO 1.3, section 5.13.3.
  public enum IOMMU: Int, VirtioFeatureBit {
    /// VIRTIO_IOMMU_F_INPUT_RANGE, 0: the device says which addresses it translates.
    case inputRange = 0
    /// VIRTIO_IOMMU_F_DOMAIN_RANGE, 1: the device says how many domains it has.
    case domainRange = 1
    /// VIRTIO_IOMMU_F_MAP_UNMAP, 2: addresses are mapped by requests.
    case mapUnmap = 2
    /// VIRTIO_IOMMU_F_BYPASS, 3: devices without a domain reach all of memory.
    case bypass = 3
    /// VIRTIO_IOMMU_F_PROBE, 4: the device says what its endpoints are like.
    case probe = 4
    /// VIRTIO_IOMMU_F_MMIO, 5: windows of devices can be mapped.
    case mmio = 5
    /// VIRTIO_IOMMU_F_BYPASS_CONFIG, 6: whether devices without a domain reach memory can be set.
    case bypassConfig = 6

    /// The device ID, 23.
    public static var deviceID: Int { 23 }

    /// The standard's name: `VIRTIO_IOMMU_F_INPUT_RANGE`.
    public var name: String {
      switch self {
      case .inputRange: "VIRTIO_IOMMU_F_INPUT_RANGE"
      case .domainRange: "VIRTIO_IOMMU_F_DOMAIN_RANGE"
      case .mapUnmap: "VIRTIO_IOMMU_F_MAP_UNMAP"
      case .bypass: "VIRTIO_IOMMU_F_BYPASS"
      case .probe: "VIRTIO_IOMMU_F_PROBE"
      case .mmio: "VIRTIO_IOMMU_F_MMIO"
      case .bypassConfig: "VIRTIO_IOMMU_F_BYPASS_CONFIG"
      }
    }
  }
}
