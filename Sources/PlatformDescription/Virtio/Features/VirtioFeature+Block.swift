extension VirtioFeature {
  /// Bit `bit` of a block device.
  public static func block(_ bit: Block) -> VirtioFeature { VirtioFeature(bit) }

  /// The feature bits of a block device.
  ///
  /// **Source:** VIRTIO 1.3, section 5.2.3.
  public enum Block: Int, VirtioFeatureBit {
    /// VIRTIO_BLK_F_SIZE_MAX, 1: the device says the largest segment.
    case sizeMax = 1
    /// VIRTIO_BLK_F_SEG_MAX, 2: the device says the largest number of segments in a request.
    case segMax = 2
    /// VIRTIO_BLK_F_GEOMETRY, 4: the device says cylinders, heads and sectors.
    case geometry = 4
    /// VIRTIO_BLK_F_RO, 5: the device can only be read.
    case ro = 5
    /// VIRTIO_BLK_F_BLK_SIZE, 6: the device says the size of a block.
    case blkSize = 6
    /// VIRTIO_BLK_F_FLUSH, 9: the device has a cache that can be flushed.
    case flush = 9
    /// VIRTIO_BLK_F_TOPOLOGY, 10: the device says which requests suit it best.
    case topology = 10
    /// VIRTIO_BLK_F_CONFIG_WCE, 11: the cache can be switched between write-back and write-through.
    case configWCE = 11
    /// VIRTIO_BLK_F_MQ, 12: there are several queues.
    case mq = 12
    /// VIRTIO_BLK_F_DISCARD, 13: sectors can be discarded.
    case discard = 13
    /// VIRTIO_BLK_F_WRITE_ZEROES, 14: zeroes can be written without sending them.
    case writeZeroes = 14
    /// VIRTIO_BLK_F_LIFETIME, 15: the device says how worn it is.
    case lifetime = 15
    /// VIRTIO_BLK_F_SECURE_ERASE, 16: sectors can be erased securely.
    case secureErase = 16
    /// VIRTIO_BLK_F_ZONED, 17: the device has zones.
    case zoned = 17

    /// The device ID, 2.
    public static var deviceID: Int { 2 }

    /// The standard's name: `VIRTIO_BLK_F_SIZE_MAX`.
    public var name: String {
      switch self {
      case .sizeMax: "VIRTIO_BLK_F_SIZE_MAX"
      case .segMax: "VIRTIO_BLK_F_SEG_MAX"
      case .geometry: "VIRTIO_BLK_F_GEOMETRY"
      case .ro: "VIRTIO_BLK_F_RO"
      case .blkSize: "VIRTIO_BLK_F_BLK_SIZE"
      case .flush: "VIRTIO_BLK_F_FLUSH"
      case .topology: "VIRTIO_BLK_F_TOPOLOGY"
      case .configWCE: "VIRTIO_BLK_F_CONFIG_WCE"
      case .mq: "VIRTIO_BLK_F_MQ"
      case .discard: "VIRTIO_BLK_F_DISCARD"
      case .writeZeroes: "VIRTIO_BLK_F_WRITE_ZEROES"
      case .lifetime: "VIRTIO_BLK_F_LIFETIME"
      case .secureErase: "VIRTIO_BLK_F_SECURE_ERASE"
      case .zoned: "VIRTIO_BLK_F_ZONED"
      }
    }
  }
}
