extension PlatformFacts {
  /// What stands between devices and memory.
  public struct IOMMU: Sendable, Hashable, Encodable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
      /// An Arm SMMUv3.
      case smmuV3
      /// A virtio-iommu.
      case virtio
      /// What pKVM shows a guest of one of its own.
      case pkvm
      /// Anything else with `#iommu-cells`.
      case other
    }

    /// The machine.
    public var machine: Int
    /// The path of its node.
    public var node: String
    /// What it is.
    public var kind: Kind
    /// `id` of pKVM's; nil for others.
    public var id: UInt32?
  }

  /// Something with registers, or a function of PCI.
  public struct Device: Sendable, Hashable, Encodable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
      /// A `virtio,mmio` node.
      case virtioMMIO
      /// A PCI host.
      case pciHost
      /// A function of a PCI device.
      case pciFunction
      /// Anything else.
      case other
    }

    /// Where it may DMA.
    public enum Outcome: String, Sendable, Hashable, Encodable, CaseIterable {
      /// Into a restricted pool alone.
      case restrictedPool
      /// Where an IOMMU lets it.
      case iommu
      /// Into all of the machine's memory.
      case allMemory
      /// Nowhere, because it doesn't come up.
      case absent
      /// Nothing confines it, and no tree says whether it does DMA at all.
      case notStated
    }

    /// The machine.
    public var machine: Int
    /// The path of its node; of its host's for a function that has none.
    public var node: String
    /// What it is.
    public var kind: Kind
    /// Bus, device and function in 16 bits; nil for what is no function of PCI.
    public var function: UInt16?
    /// The virtio device ID; nil for what is no virtio device.
    public var deviceID: UInt32?
    /// The feature bits that it has to offer.
    public var features: [Int]
    /// Where it may DMA.
    public var outcome: Outcome
    /// The pool.
    public var region: Int?
    /// The IOMMU.
    public var iommu: Int?
    /// Whether its DMA is coherent with the caches; nil where no node says so.
    public var coherent: Bool?
    /// The machine that serves it; nil for the VMM.
    public var backend: Int?
  }

  /// Guest-physical addresses of a device.
  public struct Window: Sendable, Hashable, Encodable {
    /// What they are.
    public enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
      /// Registers; of a PCI host its configuration space.
      case registers
      /// What a PCI host gives its functions addresses in.
      case pci
    }

    /// The device.
    public var device: Int
    /// What they are.
    public var kind: Kind
    /// The first guest-physical address.
    public var first: UInt64
    /// The last one, included.
    public var last: UInt64
  }

  /// A wired interrupt.
  public struct Interrupt: Sendable, Hashable, Encodable {
    /// The machine.
    public var machine: Int
    /// The device; nil for what has no registers, as a timer.
    public var device: Int?
    /// The path of the node whose interrupt it is.
    public var node: String
    /// The path of its controller's node.
    public var controller: String
    /// The INTID of a GIC, else the first cell of the specifier.
    public var number: UInt64
    /// 1 rising edge, 2 falling edge, 4 high level, 8 low level; 0 where the specifier doesn't say.
    public var trigger: UInt32
  }

  /// IDs by which an IOMMU knows a device, or the functions of a PCI host.
  public struct Stream: Sendable, Hashable, Encodable {
    /// The IOMMU.
    public var iommu: Int
    /// The device; a PCI host for its functions.
    public var device: Int
    /// The first stream or endpoint ID.
    public var id: UInt32
    /// How many there are.
    public var count: UInt32
    /// The first bus, device and function, which has the first ID; nil for what is on no PCI bus.
    public var function: UInt32?
  }
}
