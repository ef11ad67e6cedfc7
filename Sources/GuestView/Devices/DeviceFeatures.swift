/// What the devices of a machine offer: the part of a platform that a device tree can't say.
public struct DeviceFeatures: Sendable, Hashable, Codable {
  /// One device.
  public struct Device: Sendable, Hashable, Codable {
    /// The path of its node in the device tree.
    public var node: String
    /// The virtio device type: 1 network, 2 block, 3 console, 4 entropy source, and so on.
    ///
    /// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 5.
    public var type: UInt32
    /// The numbers of the feature bits that it offers.
    public var featureBits: [Int]
    /// The size of each virtqueue, in descriptors.
    public var queueSizes: [Int]

    /// A device.
    public init(node: String, type: UInt32, featureBits: [Int], queueSizes: [Int] = []) {
      self.node = node
      self.type = type
      self.featureBits = featureBits
      self.queueSizes = queueSizes
    }

    /// Whether it offers VIRTIO_F_ACCESS_PLATFORM (33).
    public var offersAccessPlatform: Bool { featureBits.contains(33) }

    /// Whether it is a block device (type 2).
    public var isBlock: Bool { type == 2 }
  }

  /// The devices, in any order, each once.
  public var devices: [Device]

  /// These devices.
  public init(devices: [Device]) { self.devices = devices }
}
