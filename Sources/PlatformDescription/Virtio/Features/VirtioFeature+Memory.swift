extension VirtioFeature {
  /// Bit `bit` of a memory device.
  public static func memory(_ bit: Memory) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a memory device.
  ///
  /// **Source:** VIRTIO 1.3, section 5.15.3.
  public enum Memory: Int, VirtioFeatureBit {
    /// VIRTIO_MEM_F_ACPI_PXM, 0: the device says to which NUMA node it belongs.
    case acpiPXM = 0
    /// VIRTIO_MEM_F_UNPLUGGED_INACCESSIBLE, 1: memory that is not plugged must not be read.
    case unpluggedInaccessible = 1

    /// The device ID, 24.
    public static var deviceID: Int { 24 }

    /// The standard's name: `VIRTIO_MEM_F_ACPI_PXM`.
    public var name: String {
      switch self {
      case .acpiPXM: "VIRTIO_MEM_F_ACPI_PXM"
      case .unpluggedInaccessible: "VIRTIO_MEM_F_UNPLUGGED_INACCESSIBLE"
      }
    }
  }
}
