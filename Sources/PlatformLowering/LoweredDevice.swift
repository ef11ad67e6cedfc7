public import PlatformDescription

/// What the VMM has to offer for one virtio device, so that the guest does what the tree says.
public struct LoweredDevice: Sendable, Hashable {
  /// How the driver reaches a device.
  public enum Transport: Sendable, Hashable {
    /// Registers in memory.
    case mmio
    /// A function of a PCI device.
    case pci(PCIAddress)
    /// Channel I/O.
    case ccw(ChannelAddress)
  }

  /// An IOMMU in front of a device.
  public struct Translation: Sendable, Hashable {
    /// The path of the IOMMU's node; under ACPI its address where it is no device of the namespace.
    public var iommu: String
    /// By which ID it knows the device: an SMMU's stream, a virtio-iommu's endpoint.
    public var endpoint: UInt32

    /// An IOMMU in front of a device.
    public init(iommu: String, endpoint: UInt32) {
      self.iommu = iommu
      self.endpoint = endpoint
    }
  }

  /// The path of its node; of its host's for a PCI function that has none; the address of a channel device.
  public var path: String
  /// The virtio device ID.
  public var deviceID: Int
  /// The queues, by index.
  public var queues: [Virtqueue]
  /// What its buffers need besides the queues, as described or as is usual; nil where the queues say
  /// it all.
  public var parameters: VirtioParameters?
  /// The feature bits that are offered, in ascending order.
  public var features: [VirtioFeature]
  /// The slot of the VMM's machine for virtio-mmio; nil for a window that was placed by hand.
  public var slot: Int?
  /// How the driver reaches it.
  public var transport: Transport = .mmio
  /// Whether it has a node; most PCI functions don't.
  public var hasNode = true
  /// The IOMMU in front of it; nil for none.
  public var translation: Translation?
  /// The names of the regions of reserved memory through which it does DMA: its own, or those of its
  /// PCI host.
  public var regions: [String] = []
  /// The virtual machine whose backend serves it; nil for the VMM.
  public var backend: String?
  /// Where it was declared.
  public var location: SourceLocation?

  /// Where it is on PCI; nil on another transport.
  public var pciAddress: PCIAddress? {
    if case .pci(let address) = transport { address } else { nil }
  }

  /// Where it is in the channel subsystem; nil on another transport.
  public var channelAddress: ChannelAddress? {
    if case .ccw(let address) = transport { address } else { nil }
  }
}
