/// Arm's System MMU of version 3, 128 KiB of registers.
///
/// Becomes `iommu@9050000 { compatible = "arm,smmu-v3"; interrupt-names = "eventq", …;
/// #iommu-cells = <1>; dma-coherent; }`. One cell names a device behind it, its stream ID.
///
/// ```swift
/// let smmu = SMMUv3(
///   at: 0x0905_0000, eventq: .spi(74, .edgeRising), gerror: .spi(77, .edgeRising))
///
/// PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0, iommu: smmu) { … }
/// ```
///
/// Linux stops every device behind an SMMU that it was told nothing about.
///
/// **Source:** kernel binding `iommu/arm,smmu-v3.yaml`; Linux
/// `drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c`.
public struct SMMUv3: IOMMU, Hashable, Codable {
  /// Where an SMMU is and which interrupts it has, `interrupt-names`.
  public struct Registers: Sendable, Hashable, Codable {
    /// The address of its registers.
    public var at: GuestAddress
    /// `eventq`: there are events.
    public var eventq: Interrupt
    /// `priq`: there are page requests; nil for an SMMU that takes none.
    public var priq: Interrupt?
    /// `cmdq-sync`: a command is done; nil where the driver has to poll.
    public var cmdqSync: Interrupt?
    /// `gerror`: something is wrong with the SMMU itself.
    public var gerror: Interrupt
  }

  /// Where it is; nil for the SMMU that the machine has.
  public var registers: Registers?
  /// `dma-coherent`: it sees what the processors' caches hold.
  public var dmaCoherent: Bool
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .smmuv3(self) }
  /// The address of its registers; nil where the machine decides.
  public var referenceAddress: GuestAddress? { registers?.at }

  /// The SMMU that the machine has: QEMU's `-M virt,iommu=smmuv3`.
  public init(file: String = #filePath, line: Int = #line, column: Int = #column) {
    self.registers = nil
    self.dmaCoherent = true
    self.declaration = Declaration(file, line, column)
  }

  /// An SMMU whose registers are at `at`.
  ///
  /// - Parameters:
  ///   - at: The address of its registers.
  ///   - eventq: The interrupt for events.
  ///   - priq: The interrupt for page requests.
  ///   - cmdqSync: The interrupt for commands that are done.
  ///   - gerror: The interrupt for errors of the SMMU itself.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    at: GuestAddress, eventq: Interrupt, priq: Interrupt? = nil, cmdqSync: Interrupt? = nil,
    gerror: Interrupt,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.registers = Registers(
      at: at, eventq: eventq, priq: priq, cmdqSync: cmdqSync, gerror: gerror)
    self.dmaCoherent = true
    self.declaration = Declaration(file, line, column)
  }

  /// The same SMMU without `dma-coherent`, for one that does not snoop caches.
  public func nonCoherent() -> Self {
    var copy = self
    copy.dmaCoherent = false
    return copy
  }
}
