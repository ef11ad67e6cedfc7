/// A function on a PCI bus that is no virtio device, or that has properties of its own.
///
/// ```swift
/// PCIFunction("ethernet", slot: 4, vendorID: 0x8086, deviceID: 0x10d3, memoryRegion: pool) {
///   Property("local-mac-address", bytes: [0x52, 0x54, 0, 0x12, 0x34, 0x56])
/// }
/// ```
///
/// Becomes `ethernet@4,0 { compatible = "pci8086,10d3"; reg = <0x2000 0 0 0 0>; … }`.
///
/// **Source:** PCI Bus Binding to IEEE 1275, section 2.2.1.1 and 2.5; Linux `drivers/pci/of.c`.
public struct PCIFunction: PCIRequester, Hashable, Codable {
  /// The name of its node, without the unit address.
  public var name: String
  /// The device on the bus, 0 to 31.
  public var slot: Int
  /// The function of the device, 0 to 7.
  public var function: Int
  /// The vendor ID of its configuration space.
  public var vendorID: UInt16
  /// The device ID of its configuration space.
  public var deviceID: UInt16
  /// The class code of its configuration space, 24 bits; nil where nobody has to know.
  public var classCode: UInt32?
  /// `memory-region`: the regions that it does DMA through; none for those of its host.
  public var memoryRegion: [Reference]
  /// `memory-region-names`: a name for each of them, or none.
  public var memoryRegionNames: [String]
  /// The IOMMU in front of it; nil for that of its host.
  public var iommu: Reference?
  /// Whether no IOMMU is in front of it, even if one is in front of its host.
  public var bypassesIOMMU: Bool
  /// Where INTA leads, for a host whose functions have interrupts of their own.
  public var interrupt: Interrupt?
  /// The properties and children.
  public var content: [NodeContent]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// A function, with its properties and children in braces.
  ///
  /// - Parameters:
  ///   - name: The name of its node, without the unit address.
  ///   - slot: The device on the bus, 0 to 31.
  ///   - function: The function of the device, 0 to 7.
  ///   - vendorID: The vendor ID of its configuration space.
  ///   - deviceID: The device ID of its configuration space.
  ///   - classCode: The class code, 24 bits; adds `pciclass,…` to `compatible`.
  ///   - memoryRegion: The region that it does DMA through; nil for that of its host.
  ///   - iommu: The IOMMU in front of it; nil for that of its host.
  ///   - interrupt: Where INTA leads, for a host without `firstInterrupt:`.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The properties and children.
  public init(
    _ name: String, slot: Int, function: Int = 0, vendorID: UInt16, deviceID: UInt16,
    classCode: UInt32? = nil, memoryRegion: (any MemoryRegion)? = nil,
    iommu: (any IOMMU)? = nil, interrupt: Interrupt? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @NodeBuilder _ content: () -> [NodeContent] = { [] }
  ) {
    self.name = name
    self.slot = slot
    self.function = function
    self.vendorID = vendorID
    self.deviceID = deviceID
    self.classCode = classCode
    self.memoryRegion = memoryRegion.map { [Reference(to: $0)] } ?? []
    self.memoryRegionNames = []
    self.iommu = iommu.map { Reference(to: $0) }
    self.bypassesIOMMU = false
    self.interrupt = interrupt
    self.content = content()
    self.declaration = Declaration(file, line, column)
  }
}
