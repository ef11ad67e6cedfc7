/// A feature bit of a virtio device.
///
/// Bits that mean the same on every device have names here; those of one type are written with the
/// type, and offering one of them on a device of another type is a mistake:
///
/// ```swift
/// VirtioMMIO(.block(queues: 4), features: [.block(.discard), .ringPacked])
/// ```
///
/// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 6.
public struct VirtioFeature: Sendable, Hashable, Comparable {
  /// The number of the bit, 0 to 127.
  public var bit: Int
  /// The device ID of the only type that has it; nil for a bit of every type, or just a number.
  public var deviceID: Int?

  /// Bit `bit`, of whatever type the device is.
  public static func bit(_ bit: Int) -> VirtioFeature { VirtioFeature(bit: bit) }

  /// VIRTIO_F_INDIRECT_DESC, 28: descriptors may refer to tables of descriptors.
  public static let indirectDescriptors = VirtioFeature(bit: 28)
  /// VIRTIO_F_EVENT_IDX, 29: notifications are suppressed by index.
  public static let eventIndex = VirtioFeature(bit: 29)
  /// VIRTIO_F_VERSION_1, 32: the device keeps to the standard, not to the drafts before it.
  public static let version1 = VirtioFeature(bit: 32)
  /// VIRTIO_F_ACCESS_PLATFORM, 33: the driver goes through the platform's DMA.
  ///
  /// Without it a driver hands out guest-physical addresses of any memory, whatever pool or IOMMU
  /// the description names.
  public static let accessPlatform = VirtioFeature(bit: 33)
  /// VIRTIO_F_RING_PACKED, 34: queues have the packed layout.
  public static let ringPacked = VirtioFeature(bit: 34)
  /// VIRTIO_F_IN_ORDER, 35: buffers are used in the order in which they became available.
  public static let inOrder = VirtioFeature(bit: 35)
  /// VIRTIO_F_ORDER_PLATFORM, 36: memory accesses are ordered as the platform demands.
  public static let orderPlatform = VirtioFeature(bit: 36)
  /// VIRTIO_F_SR_IOV, 37: the device has virtual functions; PCI alone.
  public static let srIOV = VirtioFeature(bit: 37)
  /// VIRTIO_F_NOTIFICATION_DATA, 38: the driver says with a notification what it made available.
  public static let notificationData = VirtioFeature(bit: 38)
  /// VIRTIO_F_NOTIF_CONFIG_DATA, 39: the device says what the driver notifies a queue with.
  public static let notifConfigData = VirtioFeature(bit: 39)
  /// VIRTIO_F_RING_RESET, 40: one queue can be reset by itself.
  public static let ringReset = VirtioFeature(bit: 40)
  /// VIRTIO_F_ADMIN_VQ, 41: the device has administration queues; PCI alone.
  public static let adminVQ = VirtioFeature(bit: 41)

  /// Orders by number, then by type.
  public static func < (left: Self, right: Self) -> Bool {
    (left.bit, left.deviceID ?? 0) < (right.bit, right.deviceID ?? 0)
  }

  init(bit: Int, deviceID: Int? = nil) {
    self.bit = bit
    self.deviceID = deviceID
  }

  init<Bit: VirtioFeatureBit>(_ bit: Bit) {
    self.init(bit: bit.rawValue, deviceID: Bit.deviceID)
  }
}
