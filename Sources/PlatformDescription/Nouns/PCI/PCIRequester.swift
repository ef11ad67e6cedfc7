/// Something that occupies a function on a PCI bus.
public protocol OnPCIBus: Declared {
  /// The device on the bus, 0 to 31.
  var slot: Int { get }
  /// The function of the device, 0 to 7.
  var function: Int { get }
}

/// A PCI function that does DMA: through a region, behind an IOMMU, or freely.
public protocol PCIRequester: OnPCIBus {
  /// `memory-region`: the regions that it does DMA through; none for those of its host.
  var memoryRegion: [Reference] { get set }
  /// `memory-region-names`: a name for each of them, or none.
  var memoryRegionNames: [String] { get set }
  /// The IOMMU in front of it; nil for that of its host.
  var iommu: Reference? { get set }
  /// Whether no IOMMU is in front of it, even if one is in front of its host.
  var bypassesIOMMU: Bool { get set }
  /// Where INTA leads, for a host whose functions have interrupts of their own.
  var interrupt: Interrupt? { get }
}

extension PCIRequester {
  /// The same function with several regions, of which Linux takes the first restricted pool.
  ///
  /// - Parameters:
  ///   - regions: `memory-region`, in order.
  ///   - names: `memory-region-names`; empty, or one for each region.
  /// - Returns: A copy of the function.
  public func memoryRegion(_ regions: [any MemoryRegion], names: [String] = []) -> Self {
    var copy = self
    copy.memoryRegion = regions.map { Reference(to: $0) }
    copy.memoryRegionNames = names
    return copy
  }

  /// The same function past the IOMMU of its host: its requester ID is left out of `iommu-map`.
  ///
  /// For a VMM whose IOMMU lets it through. Linux then uses the pool of the function or its host,
  /// or all of memory.
  public func bypassingIOMMU() -> Self {
    var copy = self
    copy.bypassesIOMMU = true
    return copy
  }
}
