/// A feature bit of a virtio device.
///
/// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 6.
public struct VirtioFeature: Sendable, Hashable, Comparable, Codable {
  /// The number of the bit, from 0.
  public var bit: Int

  /// Bit `bit`.
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

  /// Orders by number.
  public static func < (left: Self, right: Self) -> Bool { left.bit < right.bit }

  init(bit: Int) { self.bit = bit }

  /// Reads the number of the bit.
  ///
  /// - Throws: `DecodingError` for a number outside 0 to 127.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    bit = try container.decode(Int.self)
    guard (0..<128).contains(bit) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(bit) is no feature bit: 0 to 127")
    }
  }

  /// Writes the number of the bit.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(bit)
  }
}
