public import DeviceTree

/// A device that reads and writes the guest's memory by itself.
///
/// A class, because there is much to it that refers to the tree, and rules sort and group devices: a
/// copy of each by value takes longer than all that a rule asks of it.
public final class DMADevice: Sendable {
  /// What it is.
  public enum Kind: Sendable, Hashable {
    /// A `virtio,mmio` node.
    case virtioMMIO
    /// A PCI host, for the functions below it that have no node of their own.
    case pciHost
    /// A function of a PCI device that has a node of its own.
    case pciFunction
  }

  /// One cell of `memory-region`.
  public struct RegionReference: Sendable {
    /// The position of the cell.
    public let cell: Int
    /// The phandle.
    public let phandle: UInt32
    /// The node that it names; nil where it names none.
    public let target: FlattenedTree.Node?
    /// The target as a child of `/reserved-memory`; nil where it is none.
    public let region: ReservedRegion?

    /// Whether the kernel takes this one: the first enabled node that says it is a restricted pool.
    public var isEnabledPool: Bool {
      guard let target, target.isCompatible("restricted-dma-pool") else { return false }
      return isAvailable
    }

    let isAvailable: Bool
  }

  /// What stands between a device and memory, where it is an IOMMU.
  public struct IOMMUReference: Sendable {
    /// `iommus` or `iommu-map`.
    public let property: FlattenedTree.Property
    /// The first IOMMU that it names and that a driver takes.
    public let node: FlattenedTree.Node
  }

  /// An IOMMU that was meant to stand between a device and memory, and doesn't.
  public struct LostIOMMU: Sendable {
    /// `iommus` or `iommu-map`.
    public let property: FlattenedTree.Property
    /// The node that it names; nil where it names none.
    public let node: FlattenedTree.Node?
    /// What is wrong with it; nil where it is no IOMMU at all.
    public let state: IOMMUState?
  }

  /// The node; for a function that has none, the one of its host.
  public let node: FlattenedTree.Node
  /// What it is.
  public let kind: Kind
  /// Whether ``node`` is its own; false for a PCI function of which only features tell.
  public let hasNode: Bool
  /// By what an IOMMU knows a PCI function; nil for other devices.
  public let requesterID: UInt16?
  /// What it offers; nil where nobody told.
  public let features: DeviceFeatures.Device?
  /// `memory-region` of the node itself; a PCI function without one has the pool of its host.
  ///
  /// **Source:** Linux `drivers/of/device.c`, `of_dma_set_restricted_buffer`.
  public let memoryRegion: FlattenedTree.Property?
  /// The cells of `memory-region`.
  public let regionReferences: [RegionReference]
  /// The `memory-region` that counts: its own, or else its host's for a PCI function.
  public let effectiveMemoryRegion: FlattenedTree.Property?
  /// The cells of the `memory-region` that counts.
  public let effectiveRegionReferences: [RegionReference]
  /// The pool that the kernel tries to attach: the first enabled one of `memory-region`.
  public let attachedPool: RegionReference?
  /// The pool that the kernel tries to attach, from its host where the function says nothing.
  public let effectivePool: RegionReference?
  /// The IOMMU, which wins over every pool, even where it lets everything through.
  public let iommu: IOMMUReference?
  /// The first IOMMU that is named and is of no use; nil where there is none.
  ///
  /// A host can have both: its `iommu-map` may lead to several.
  public let lostIOMMU: LostIOMMU?
  /// The `dma-ranges` that apply; nil where none do.
  public let dmaRanges: DMARanges?
  /// Whether its DMA is coherent with the caches, where the node or an ancestor says so.
  ///
  /// **Source:** Linux `drivers/of/address.c`, `of_dma_is_coherent`.
  public let isCoherent: Bool?
  /// Where it may DMA.
  ///
  /// What only ``features`` can tell is taken to be as it should be without them.
  public let outcome: DMAOutcome

  init(
    node: FlattenedTree.Node, kind: Kind, hasNode: Bool, requesterID: UInt16?,
    features: DeviceFeatures.Device?, memoryRegion: FlattenedTree.Property?,
    regionReferences: [RegionReference], effectiveMemoryRegion: FlattenedTree.Property?,
    effectiveRegionReferences: [RegionReference], iommu: IOMMUReference?, lostIOMMU: LostIOMMU?,
    dmaRanges: DMARanges?, isCoherent: Bool?, outcome: DMAOutcome
  ) {
    self.node = node
    self.kind = kind
    self.hasNode = hasNode
    self.requesterID = requesterID
    self.features = features
    self.memoryRegion = memoryRegion
    self.regionReferences = regionReferences
    self.effectiveMemoryRegion = effectiveMemoryRegion
    self.effectiveRegionReferences = effectiveRegionReferences
    attachedPool = regionReferences.first(where: \.isEnabledPool)
    effectivePool = effectiveRegionReferences.first(where: \.isEnabledPool)
    self.iommu = iommu
    self.lostIOMMU = lostIOMMU
    self.dmaRanges = dmaRanges
    self.isCoherent = isCoherent
    self.outcome = outcome
  }

  /// The function as Linux spells it behind its domain: `00:01.0`; nil for other devices.
  public var functionName: String? { requesterID.map(Self.functionName) }

  /// `requesterID` as bus, device and function: `00:01.0`.
  public static func functionName(_ requesterID: UInt16) -> String {
    func hex(_ number: UInt16) -> String {
      (number < 16 ? "0" : "") + String(number, radix: 16)
    }
    return "\(hex(requesterID >> 8)):\(hex(requesterID >> 3 & 31)).\(requesterID & 7)"
  }
}
