/// What the devices of a machine offer: the part of a platform that a device tree can't say.
public struct DeviceFeatures: Sendable, Hashable, Codable {
  /// One device.
  public struct Device: Sendable, Hashable, Codable {
    /// The path of its node in the device tree; with a ``requesterID`` that of its PCI host.
    public var node: String
    /// By what a PCI function is known that may have no node: bus, device and function in 16 bits.
    public var requesterID: UInt16?
    /// The virtio device type: 1 network, 2 block, 3 console, 4 entropy source, and so on.
    ///
    /// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 5.
    public var type: UInt32
    /// The numbers of the feature bits that it offers.
    public var featureBits: [Int]
    /// The size of each virtqueue, in descriptors.
    public var queueSizes: [Int]
    /// What bits were called that the standard has no name for, or had one for drivers before it; empty where
    /// there were only numbers.
    public var names: [Int: String]

    /// A device with a node, or a function of the PCI host at `node`.
    public init(
      node: String, requesterID: UInt16? = nil, type: UInt32, featureBits: [Int],
      queueSizes: [Int] = [], names: [Int: String] = [:]
    ) {
      self.node = node
      self.requesterID = requesterID
      self.type = type
      self.featureBits = featureBits
      self.queueSizes = queueSizes
      self.names = names
    }

    /// Whether it offers VIRTIO_F_ACCESS_PLATFORM (33).
    public var offersAccessPlatform: Bool { featureBits.contains(33) }

    /// Whether it is a block device (type 2).
    public var isBlock: Bool { type == 2 }

    /// Whether it is an IOMMU (type 23).
    public var isIOMMU: Bool { type == 23 }
  }

  /// The devices, in any order, each once.
  public var devices: [Device]

  /// These devices.
  public init(devices: [Device]) { self.devices = devices }
}
