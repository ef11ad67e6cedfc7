extension VirtioDevice {
  /// The standard's name of the device's type: `block`; `device 42` where this library knows none.
  ///
  /// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 5.
  public var typeName: String { Self.typeName(of: deviceID) }

  /// The standard's name of the type `deviceID`.
  public static func typeName(of deviceID: Int) -> String {
    switch deviceID {
    case 0: "unspecified"
    case 1: "network"
    case 2: "block"
    case 3: "console"
    case 4: "entropy"
    case 5: "balloon"
    case 8: "SCSI host"
    case 9: "9P"
    case 16: "GPU"
    case 18: "input"
    case 19: "socket"
    case 20: "crypto"
    case 23: "IOMMU"
    case 24: "memory"
    case 25: "sound"
    case 26: "file system"
    case 27: "pmem"
    default: "device \(deviceID)"
    }
  }
}
