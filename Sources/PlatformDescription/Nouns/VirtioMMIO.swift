/// A virtio device behind registers in memory.
///
/// Becomes `virtio@a000000 { compatible = "virtio,mmio"; reg = <…>; interrupts = <…>;
/// dma-coherent; memory-region = <&pool>; }`.
/// Under ACPI it becomes `Device (D000) { Name (_HID, "LNRO0005") … }`, or what `acpi:` says.
///
/// **Source:** kernel binding `virtio/mmio.yaml`; VIRTIO 1.3, section 4.2.
public struct VirtioMMIO: Referable, Hashable, Codable {
  /// What the device is.
  public var device: VirtioDevice
  /// The address of its window, 512 bytes; nil for a slot of the machine.
  public var at: GuestAddress?
  /// The slot of the machine, from 0; nil for the next free one, or where there is an address.
  public var slot: Int?
  /// Its interrupt; nil for the slot's.
  public var interrupt: Interrupt?
  /// `memory-region`: the regions that it does DMA through.
  public var memoryRegion: [Reference]
  /// `memory-region-names`: a name for each of them, or none.
  public var memoryRegionNames: [String]
  /// The virtual machine whose backend serves it, through memory that both have; nil for the VMM.
  public var backend: String?
  /// `iommus`: the IOMMU in front of it; nil for none.
  public var iommu: Reference?
  /// By which ID the IOMMU knows it: an SMMU's stream, a virtio-iommu's endpoint; nil for the lowest
  /// that no other device behind that IOMMU has.
  public var endpoint: UInt32?
  /// Feature bits that the VMM offers besides those that follow from the description.
  public var features: [VirtioFeature]
  /// Feature bits that follow from the description and that the VMM does not offer.
  public var withholding: [VirtioFeature]
  /// `dma-coherent`: the device sees what the processors' caches hold, as an emulated one does.
  public var dmaCoherent: Bool
  /// How ACPI names it; nil for `LNRO0005`.
  public var acpi: HardwareID?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .virtioMMIO(self) }
  /// The address of its window; nil where the machine decides.
  public var referenceAddress: GuestAddress? { at }

  /// A device in the next free slot of the machine.
  ///
  /// - Parameters:
  ///   - device: What it is.
  ///   - memoryRegion: The region that it does DMA through; nil for all of memory.
  ///   - backend: The virtual machine whose backend serves it, through ``SharedMemory`` that both have;
  ///     nil for the VMM.
  ///   - iommu: The IOMMU in front of it; nil for none.
  ///   - endpoint: By which ID the IOMMU knows it: an SMMU's stream, a virtio-iommu's endpoint; nil
  ///     for the lowest that no other device behind that IOMMU has.
  ///   - features: Feature bits that the VMM offers besides those that follow from the
  ///     description (VERSION_1; ACCESS_PLATFORM where DMA is restricted or behind an IOMMU).
  ///   - withholding: Feature bits that follow and that the VMM does not offer.
  ///   - acpi: How ACPI names it; nil for `LNRO0005`.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ device: VirtioDevice, memoryRegion: (any MemoryRegion)? = nil,
    backend: String? = nil, iommu: (any IOMMU)? = nil, endpoint: UInt32? = nil,
    features: [VirtioFeature] = [], withholding: [VirtioFeature] = [], acpi: HardwareID? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      device, nil, nil, memoryRegion, iommu, endpoint, features, withholding,
      Declaration(file, line, column))
    self.backend = backend
    self.acpi = acpi
  }

  /// A device whose window is at `at`.
  ///
  /// - Parameters:
  ///   - device: What it is.
  ///   - at: The address of its window.
  ///   - interrupt: Its interrupt.
  ///   - memoryRegion: The region that it does DMA through; nil for all of memory.
  ///   - backend: The virtual machine whose backend serves it, through ``SharedMemory`` that both have;
  ///     nil for the VMM.
  ///   - iommu: The IOMMU in front of it; nil for none.
  ///   - endpoint: By which ID the IOMMU knows it: an SMMU's stream, a virtio-iommu's endpoint; nil
  ///     for the lowest that no other device behind that IOMMU has.
  ///   - features: Feature bits that the VMM offers besides those that follow from the
  ///     description (VERSION_1; ACCESS_PLATFORM where DMA is restricted or behind an IOMMU).
  ///   - withholding: Feature bits that follow and that the VMM does not offer.
  ///   - acpi: How ACPI names it; nil for `LNRO0005`.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ device: VirtioDevice, at: GuestAddress, interrupt: Interrupt,
    memoryRegion: (any MemoryRegion)? = nil, backend: String? = nil,
    iommu: (any IOMMU)? = nil, endpoint: UInt32? = nil,
    features: [VirtioFeature] = [], withholding: [VirtioFeature] = [], acpi: HardwareID? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      device, at, interrupt, memoryRegion, iommu, endpoint, features, withholding,
      Declaration(file, line, column))
    self.backend = backend
    self.acpi = acpi
  }

  /// A device in a slot of the machine of one's choice.
  ///
  /// - Parameters:
  ///   - device: What it is.
  ///   - slot: The number of the slot, from 0: QEMU's `bus=virtio-mmio-bus.N`.
  ///   - memoryRegion: The region that it does DMA through; nil for all of memory.
  ///   - backend: The virtual machine whose backend serves it, through ``SharedMemory`` that both have;
  ///     nil for the VMM.
  ///   - iommu: The IOMMU in front of it; nil for none.
  ///   - endpoint: By which ID the IOMMU knows it; nil for the lowest that no other device has.
  ///   - features: Feature bits that the VMM offers besides those that follow from the
  ///     description (VERSION_1; ACCESS_PLATFORM where DMA is restricted or behind an IOMMU).
  ///   - withholding: Feature bits that follow and that the VMM does not offer.
  ///   - acpi: How ACPI names it; nil for `LNRO0005`.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ device: VirtioDevice, slot: Int, memoryRegion: (any MemoryRegion)? = nil,
    backend: String? = nil, iommu: (any IOMMU)? = nil, endpoint: UInt32? = nil,
    features: [VirtioFeature] = [], withholding: [VirtioFeature] = [], acpi: HardwareID? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      device, nil, nil, memoryRegion, iommu, endpoint, features, withholding,
      Declaration(file, line, column))
    self.backend = backend
    self.acpi = acpi
    self.slot = slot
  }

  /// A device in one of a run of slots.
  public init(
    _ device: VirtioDevice, at slot: MMIOSlot, memoryRegion: (any MemoryRegion)? = nil,
    backend: String? = nil, iommu: (any IOMMU)? = nil, endpoint: UInt32? = nil,
    features: [VirtioFeature] = [], withholding: [VirtioFeature] = [], acpi: HardwareID? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      device, slot.address, slot.interrupt, memoryRegion, iommu, endpoint, features, withholding,
      Declaration(file, line, column))
    self.backend = backend
    self.acpi = acpi
  }

  init(
    _ device: VirtioDevice, _ at: GuestAddress?, _ interrupt: Interrupt?,
    _ memoryRegion: (any MemoryRegion)?, _ iommu: (any IOMMU)?, _ endpoint: UInt32?,
    _ features: [VirtioFeature], _ withholding: [VirtioFeature], _ declaration: Declaration
  ) {
    self.device = device
    self.at = at
    self.interrupt = interrupt
    self.memoryRegion = memoryRegion.map { [Reference(to: $0)] } ?? []
    self.memoryRegionNames = []
    self.iommu = iommu.map { Reference(to: $0) }
    self.endpoint = endpoint
    self.features = features
    self.withholding = withholding
    self.dmaCoherent = true
    self.declaration = declaration
  }

  /// The same device with several regions, of which Linux takes the first restricted pool.
  ///
  /// - Parameters:
  ///   - regions: `memory-region`, in order.
  ///   - names: `memory-region-names`; empty, or one for each region.
  /// - Returns: A copy of the device.
  public func memoryRegion(_ regions: [any MemoryRegion], names: [String] = []) -> Self {
    var copy = self
    copy.memoryRegion = regions.map { Reference(to: $0) }
    copy.memoryRegionNames = names
    return copy
  }

  /// The same device without `dma-coherent`, for hardware behind a VMM that does not snoop caches.
  public func nonCoherent() -> Self {
    var copy = self
    copy.dmaCoherent = false
    return copy
  }
}
