/// An interrupt controller of version 3 or 4.
///
/// Becomes `interrupt-controller@8000000` with distributor and redistributors in `reg`; the root's
/// `interrupt-parent` refers to it.
///
/// **Source:** kernel binding `interrupt-controller/arm,gic-v3.yaml`; Linux
/// `drivers/irqchip/irq-gic-v3.c`, `gic_of_init`.
public struct GICv3: Referable, Hashable, Codable {
  /// The address of the distributor (GICD), 64 KiB.
  public var distributor: GuestAddress
  /// The address of the redistributors (GICR).
  public var redistributors: GuestAddress
  /// The room for redistributors, in bytes; nil for 128 KiB a processor.
  public var redistributorsSize: ByteCount?
  /// Further regions with redistributors, for processors that the first has no room for; nil for
  /// none.
  public var furtherRedistributors: [AddressRange]?
  /// `interrupts`: the maintenance interrupt, a PPI for who runs virtual machines in turn; nil where
  /// none is wired.
  public var maintenanceInterrupt: Interrupt?
  /// The interrupt translation services, in braces.
  public var its: [ITS]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .gicv3(self) }
  /// The address of the distributor.
  public var referenceAddress: GuestAddress? { distributor }

  /// A controller, with its interrupt translation services in braces.
  ///
  /// - Parameters:
  ///   - distributor: The address of the distributor.
  ///   - redistributors: The address of the redistributors.
  ///   - redistributorsSize: The room for them; 128 KiB a processor unless said otherwise.
  ///   - furtherRedistributors: Further regions with redistributors; none unless said otherwise.
  ///   - maintenanceInterrupt: The interrupt of virtual interfaces; none unless said otherwise.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - its: The interrupt translation services.
  public init(
    distributor: GuestAddress, redistributors: GuestAddress,
    redistributorsSize: ByteCount? = nil, furtherRedistributors: [AddressRange]? = nil,
    maintenanceInterrupt: Interrupt? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @ITSBuilder _ its: () -> [ITS] = { [] }
  ) {
    self.distributor = distributor
    self.redistributors = redistributors
    self.redistributorsSize = redistributorsSize
    self.furtherRedistributors = furtherRedistributors
    self.maintenanceInterrupt = maintenanceInterrupt
    self.its = its()
    self.declaration = Declaration(file, line, column)
  }
}

/// An interrupt translation service: how a GICv3 takes message-signalled interrupts, 128 KiB.
///
/// Becomes the child `msi-controller@8080000 { compatible = "arm,gic-v3-its"; #msi-cells = <1>; }`.
///
/// **Source:** kernel binding `interrupt-controller/arm,gic-v3.yaml`, `^(msi-controller|…)@`.
public struct ITS: Declared, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// A service at `at`.
  public init(
    at: GuestAddress, file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.declaration = Declaration(file, line, column)
  }
}

/// Collects the interrupt translation services of a ``GICv3``.
@resultBuilder
public enum ITSBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = ITS

  /// One service.
  public static func buildExpression(_ its: ITS) -> [ITS] { [its] }

  /// Says what belongs here.
  @available(*, unavailable, message: "the braces of a GICv3 hold ITS nodes")
  public static func buildExpression<Other>(_ other: Other) -> [ITS] { [] }
}
