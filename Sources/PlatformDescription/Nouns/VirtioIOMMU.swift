/// A virtio-iommu, the paravirtual IOMMU: on virtio-mmio, or a function of a PCI device.
///
/// With `at:`, or without a place on a machine with slots, it becomes a `virtio,mmio` node with
/// `#iommu-cells = <1>`. With `slot:`, in the braces of a ``PCIHostBridge``, it becomes
/// `iommu@3,0 { compatible = "virtio,pci-iommu", "pci1af4,1057"; #iommu-cells = <1>; }`, and its
/// requester ID is left out of `iommu-map`. One cell names a device behind it, its endpoint ID.
///
/// **Source:** kernel bindings `virtio/mmio.yaml` and `virtio/pci-iommu.yaml`; VIRTIO 1.3, section
/// 5.13.
public struct VirtioIOMMU: IOMMU, Hashable, Codable {
  /// On which transport it is, and where.
  public enum Place: Sendable, Hashable, Codable {
    /// Behind registers in memory, in the next free slot of the machine.
    case nextSlot
    /// Behind registers in memory.
    case mmio(at: GuestAddress, interrupt: Interrupt)
    /// A function of a PCI device.
    case pci(slot: Int, function: Int)
  }

  /// On which transport it is, and where.
  public var place: Place
  /// Feature bits that the VMM offers besides VERSION_1.
  public var features: [VirtioFeature]
  /// `dma-coherent`: it sees what the processors' caches hold.
  public var dmaCoherent: Bool
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .virtioIOMMU(self) }
  /// The address of its window; nil on PCI, and where the machine decides.
  public var referenceAddress: GuestAddress? {
    if case .mmio(let at, _) = place { at } else { nil }
  }
  /// What it is: a request queue and an event queue.
  ///
  /// **Source:** VIRTIO 1.3, section 5.13.2; QEMU `hw/virtio/virtio-iommu.c`,
  /// `VIOMMU_DEFAULT_QUEUE_SIZE`.
  public var device: VirtioDevice {
    VirtioDevice(
      deviceID: 23,
      queues: [Virtqueue("requestq", size: 256), Virtqueue("eventq", size: 256)])
  }

  /// An IOMMU in the next free virtio-mmio slot of the machine.
  public init(
    features: [VirtioFeature] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(.nextSlot, features, Declaration(file, line, column))
  }

  /// An IOMMU on virtio-mmio, whose window is at `at`.
  public init(
    at: GuestAddress, interrupt: Interrupt, features: [VirtioFeature] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(.mmio(at: at, interrupt: interrupt), features, Declaration(file, line, column))
  }

  /// An IOMMU on virtio-mmio, in one of a run of slots.
  public init(
    at slot: MMIOSlot, features: [VirtioFeature] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      .mmio(at: slot.address, interrupt: slot.interrupt), features,
      Declaration(file, line, column))
  }

  /// An IOMMU on PCI, for the braces of a ``PCIHostBridge``.
  ///
  /// - Parameters:
  ///   - slot: The device on the bus, 0 to 31.
  ///   - function: The function of the device, 0 to 7.
  ///   - features: Feature bits that the VMM offers besides VERSION_1.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    slot: Int, function: Int = 0, features: [VirtioFeature] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(.pci(slot: slot, function: function), features, Declaration(file, line, column))
  }

  init(_ place: Place, _ features: [VirtioFeature], _ declaration: Declaration) {
    self.place = place
    self.features = features
    self.dmaCoherent = true
    self.declaration = declaration
  }

  /// The same IOMMU without `dma-coherent`, for one that does not snoop caches; on PCI the host
  /// bridge says so.
  public func nonCoherent() -> Self {
    var copy = self
    copy.dmaCoherent = false
    return copy
  }
}
