/// A virtio device that is a function on a PCI bus, in the braces of a ``PCIHostBridge``.
///
/// PCI functions are found by asking the bus, so most have no node. A function becomes
/// `virtio@1,0 { reg = <0x800 0 0 0 0>; memory-region = <&pool>; }` where it has a region of its own,
/// a label, or additions. Without a region it has its host's.
///
/// **Source:** PCI Bus Binding to IEEE 1275, section 2.2.1.1; Linux `drivers/pci/of.c`,
/// `drivers/of/device.c`; VIRTIO 1.3, section 4.1.
public struct VirtioPCI: PCIRequester, Hashable, Codable {
  /// What the device is.
  public var device: VirtioDevice
  /// The device on the bus, 0 to 31.
  public var slot: Int
  /// The function of the device, 0 to 7.
  public var function: Int
  /// `memory-region`: the regions that it does DMA through; none for those of its host.
  public var memoryRegion: [Reference]
  /// `memory-region-names`: a name for each of them, or none.
  public var memoryRegionNames: [String]
  /// The virtual machine whose backend serves it, through memory that both have; nil for the VMM.
  public var backend: String?
  /// The IOMMU in front of it; nil for that of its host.
  public var iommu: Reference?
  /// Whether no IOMMU is in front of it, even if one is in front of its host.
  public var bypassesIOMMU: Bool
  /// Where INTA leads, for a host whose functions have interrupts of their own.
  public var interrupt: Interrupt?
  /// Feature bits that the VMM offers besides those that follow from the description.
  public var features: [VirtioFeature]
  /// Feature bits that follow from the description and that the VMM does not offer.
  public var withholding: [VirtioFeature]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// A virtio device at a function of the bus.
  ///
  /// - Parameters:
  ///   - device: What it is.
  ///   - slot: The device on the bus, 0 to 31: QEMU's `addr=`.
  ///   - function: The function of the device, 0 to 7.
  ///   - memoryRegion: The region that it does DMA through; nil for that of its host.
  ///   - backend: The virtual machine whose backend serves it, through ``SharedMemory`` that both have;
  ///     nil for the VMM.
  ///   - iommu: The IOMMU in front of it; nil for that of its host.
  ///   - interrupt: Where INTA leads, for a host without `firstInterrupt:`.
  ///   - features: Feature bits that the VMM offers besides those that follow from the
  ///     description (VERSION_1; ACCESS_PLATFORM where DMA is restricted or behind an IOMMU).
  ///   - withholding: Feature bits that follow and that the VMM does not offer.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ device: VirtioDevice, slot: Int, function: Int = 0,
    memoryRegion: (any MemoryRegion)? = nil, backend: String? = nil,
    iommu: (any IOMMU)? = nil, interrupt: Interrupt? = nil,
    features: [VirtioFeature] = [], withholding: [VirtioFeature] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.device = device
    self.slot = slot
    self.function = function
    self.memoryRegion = memoryRegion.map { [Reference(to: $0)] } ?? []
    self.memoryRegionNames = []
    self.backend = backend
    self.iommu = iommu.map { Reference(to: $0) }
    self.bypassesIOMMU = false
    self.interrupt = interrupt
    self.features = features
    self.withholding = withholding
    self.declaration = Declaration(file, line, column)
  }
}
