/// The root of a PCI hierarchy whose configuration space is memory-mapped.
///
/// ```swift
/// PCIHostBridge(
///   ecam: 0x40_1000_0000, buses: 0...0, memoryRegion: bounce, firstInterrupt: .spi(3, .levelHigh)
/// ) {
///   Window(.memory32, at: 0x1000_0000, size: .mib(512))
///   VirtioPCI(.block, slot: 1)
///   VirtioPCI(.network(), slot: 2)
/// }
/// ```
///
/// Becomes `pcie@4010000000 { compatible = "pci-host-ecam-generic"; … }`. Derived are `reg`,
/// `bus-range`, `ranges`, `interrupt-map`, `msi-map`, and `iommu-map`: an IOMMU that is a function of the
/// host itself is left out of it.
///
/// **Source:** kernel bindings `pci/host-generic-pci.yaml`, `pci/pci-msi.txt` and
/// `pci/pci-iommu.txt`; Linux `drivers/pci/controller/pci-host-generic.c`.
public struct PCIHostBridge: Referable, Hashable, Codable {
  /// The layout of configuration space, where it lies, and for which buses.
  public struct ConfigurationSpace: Sendable, Hashable, Codable {
    /// The layout.
    public enum Layout: String, Sendable, Hashable, Codable, CaseIterable {
      /// The Enhanced Configuration Access Mechanism, 1 MiB a bus: `pci-host-ecam-generic`.
      case ecam
      /// The older one with 256 bytes a function, 64 KiB a bus: `pci-host-cam-generic`.
      case cam
    }

    /// The layout.
    public var layout: Layout
    /// The address for the first bus.
    public var at: GuestAddress
    /// The size, in bytes; nil for what its buses take.
    public var size: ByteCount?
    /// `bus-range`: its buses.
    public var buses: PCIBusRange
  }

  /// How message-signalled interrupts get to their controller.
  ///
  /// **Source:** kernel binding `pci/pci-msi.txt`.
  public enum MSI: String, Sendable, Hashable, Codable, CaseIterable {
    /// `msi-map`: the controller learns the requester ID, as with QEMU.
    case map
    /// `msi-parent`: it doesn't.
    case parent
    /// There are none, pins alone.
    case off
  }

  /// Its configuration space; nil for the host that the machine has.
  public var configurationSpace: ConfigurationSpace?
  /// `linux,pci-domain`: its number among the hosts; nil for the next free one.
  public var domain: Int?
  /// `memory-region`: the regions that its functions do DMA through, unless they have their own.
  public var memoryRegion: [Reference]
  /// `memory-region-names`: a name for each of them, or none.
  public var memoryRegionNames: [String]
  /// The IOMMU in front of all its functions that don't say otherwise.
  public var iommu: Reference?
  /// Where INTA of slot 0 leads; the pins rotate over it and the three behind it.
  public var firstInterrupt: Interrupt?
  /// How message-signalled interrupts get to their controller; nil for a map where there is one.
  public var msi: MSI?
  /// `dma-coherent`: its functions see what the processors' caches hold, as emulated ones do.
  public var dmaCoherent: Bool
  /// The windows and functions.
  public var content: [PCIContent]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .pciHostBridge(self) }
  /// The address of its configuration space; nil where the machine decides.
  public var referenceAddress: GuestAddress? { configurationSpace?.at }

  /// The host that the machine has, with its functions in braces.
  ///
  /// Address map and interrupts are the VMM's.
  ///
  /// - Parameters:
  ///   - memoryRegion: The region that its functions do DMA through; nil for all of memory.
  ///   - iommu: The IOMMU in front of its functions.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The functions.
  public init(
    memoryRegion: (any MemoryRegion)? = nil, iommu: (any IOMMU)? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @PCIHostBuilder _ content: () -> [PCIContent] = { [] }
  ) {
    self.init(
      nil, nil, memoryRegion, iommu, nil, nil, content(), Declaration(file, line, column))
  }

  /// A host with ECAM, 1 MiB of configuration space a bus.
  ///
  /// - Parameters:
  ///   - ecam: The address of configuration space for the first bus.
  ///   - size: Its size; nil for what the buses take.
  ///   - buses: Its buses, 0 to 255.
  ///   - domain: Its number among the hosts; nil for the next free one.
  ///   - memoryRegion: The region that its functions do DMA through; nil for all of memory.
  ///   - iommu: The IOMMU in front of its functions.
  ///   - firstInterrupt: Where INTA of slot 0 leads. INTB to INTD lead to the three interrupts
  ///     behind it, and each slot starts one further on; nil where functions have interrupts of
  ///     their own, or messages alone.
  ///   - msi: How message-signalled interrupts get to their controller; nil for a map where the
  ///     machine has an ITS or a frame.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The windows and functions.
  public init(
    ecam: GuestAddress, size: ByteCount? = nil, buses: ClosedRange<Int>, domain: Int? = nil,
    memoryRegion: (any MemoryRegion)? = nil, iommu: (any IOMMU)? = nil,
    firstInterrupt: Interrupt? = nil, msi: MSI? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @PCIHostBuilder _ content: () -> [PCIContent]
  ) {
    self.init(
      ConfigurationSpace(layout: .ecam, at: ecam, size: size, buses: PCIBusRange(buses)), domain,
      memoryRegion, iommu, firstInterrupt, msi, content(), Declaration(file, line, column))
  }

  /// A host with CAM, 64 KiB of configuration space a bus, as crosvm's.
  ///
  /// - Parameters:
  ///   - cam: The address of configuration space for the first bus.
  ///   - size: Its size; nil for what the buses take.
  ///   - buses: Its buses, 0 to 255.
  ///   - domain: Its number among the hosts; nil for the next free one.
  ///   - memoryRegion: The region that its functions do DMA through; nil for all of memory.
  ///   - iommu: The IOMMU in front of its functions.
  ///   - firstInterrupt: Where INTA of slot 0 leads. INTB to INTD lead to the three interrupts
  ///     behind it, and each slot starts one further on; nil where functions have interrupts of
  ///     their own, or messages alone.
  ///   - msi: How message-signalled interrupts get to their controller; nil for a map where the
  ///     machine has an ITS or a frame.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - content: The windows and functions.
  public init(
    cam: GuestAddress, size: ByteCount? = nil, buses: ClosedRange<Int>, domain: Int? = nil,
    memoryRegion: (any MemoryRegion)? = nil, iommu: (any IOMMU)? = nil,
    firstInterrupt: Interrupt? = nil, msi: MSI? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @PCIHostBuilder _ content: () -> [PCIContent]
  ) {
    self.init(
      ConfigurationSpace(layout: .cam, at: cam, size: size, buses: PCIBusRange(buses)), domain,
      memoryRegion, iommu, firstInterrupt, msi, content(), Declaration(file, line, column))
  }

  init(
    _ configurationSpace: ConfigurationSpace?, _ domain: Int?,
    _ memoryRegion: (any MemoryRegion)?, _ iommu: (any IOMMU)?, _ firstInterrupt: Interrupt?,
    _ msi: MSI?, _ content: [PCIContent], _ declaration: Declaration
  ) {
    self.configurationSpace = configurationSpace
    self.domain = domain
    self.memoryRegion = memoryRegion.map { [Reference(to: $0)] } ?? []
    self.memoryRegionNames = []
    self.iommu = iommu.map { Reference(to: $0) }
    self.firstInterrupt = firstInterrupt
    self.msi = msi
    self.dmaCoherent = true
    self.content = content
    self.declaration = declaration
  }

  /// The same host with several regions, of which Linux takes the first restricted pool.
  ///
  /// - Parameters:
  ///   - regions: `memory-region`, in order.
  ///   - names: `memory-region-names`; empty, or one for each region.
  /// - Returns: A copy of the host.
  public func memoryRegion(_ regions: [any MemoryRegion], names: [String] = []) -> Self {
    var copy = self
    copy.memoryRegion = regions.map { Reference(to: $0) }
    copy.memoryRegionNames = names
    return copy
  }

  /// The same host without `dma-coherent`, for hardware behind a VMM that does not snoop caches.
  public func nonCoherent() -> Self {
    var copy = self
    copy.dmaCoherent = false
    return copy
  }
}
