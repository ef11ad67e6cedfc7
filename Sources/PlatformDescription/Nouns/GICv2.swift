/// An interrupt controller of version 2, for at most 8 processors.
///
/// Becomes `interrupt-controller@8000000` with distributor and CPU interface in `reg`; the root's
/// `interrupt-parent` refers to it.
///
/// **Source:** kernel binding `interrupt-controller/arm,gic.yaml`.
public struct GICv2: Referable, Hashable, Codable {
  /// What a guest has for guests of its own: the third and the fourth entry of `reg`.
  public struct VirtualInterface: Sendable, Hashable, Codable {
    /// The virtual interface control (GICH).
    public var control: AddressRange
    /// The virtual CPU interface (GICV).
    public var cpuInterface: AddressRange

    /// The two windows.
    public init(control: AddressRange, cpuInterface: AddressRange) {
      self.control = control
      self.cpuInterface = cpuInterface
    }
  }

  /// The address of the distributor (GICD).
  public var distributor: GuestAddress
  /// The size of the distributor, in bytes; nil for 64 KiB, where page sizes of guests don't matter.
  public var distributorSize: ByteCount?
  /// The address of the CPU interface (GICC).
  public var cpuInterface: GuestAddress
  /// The size of the CPU interface, in bytes.
  public var cpuInterfaceSize: ByteCount
  /// What the guest has for guests of its own; nil for nothing.
  public var virtualInterface: VirtualInterface?
  /// `interrupts`: the maintenance interrupt, a PPI for who runs virtual machines in turn; nil where
  /// none is wired.
  public var maintenanceInterrupt: Interrupt?
  /// The frames for MSIs, in braces.
  public var frames: [GICv2M]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .gicv2(self) }
  /// The address of the distributor.
  public var referenceAddress: GuestAddress? { distributor }

  /// A controller, with its frames for MSIs in braces.
  ///
  /// - Parameters:
  ///   - distributor: The address of the distributor.
  ///   - distributorSize: Its size; 64 KiB unless said otherwise.
  ///   - cpuInterface: The address of the CPU interface.
  ///   - cpuInterfaceSize: Its size; the architecture's 8 KiB unless said otherwise.
  ///   - virtualInterface: What the guest has for guests of its own.
  ///   - maintenanceInterrupt: The interrupt of virtual interfaces; none unless said otherwise.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  ///   - frames: The frames for MSIs.
  public init(
    distributor: GuestAddress, distributorSize: ByteCount? = nil,
    cpuInterface: GuestAddress, cpuInterfaceSize: ByteCount = .kib(8),
    virtualInterface: VirtualInterface? = nil, maintenanceInterrupt: Interrupt? = nil,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @GICv2MBuilder _ frames: () -> [GICv2M] = { [] }
  ) {
    self.distributor = distributor
    self.distributorSize = distributorSize
    self.cpuInterface = cpuInterface
    self.cpuInterfaceSize = cpuInterfaceSize
    self.virtualInterface = virtualInterface
    self.maintenanceInterrupt = maintenanceInterrupt
    self.frames = frames()
    self.declaration = Declaration(file, line, column)
  }
}

/// A frame through which a GICv2 takes message-signalled interrupts, 4 KiB.
///
/// Becomes the child `v2m@8020000 { compatible = "arm,gic-v2m-frame"; msi-controller; }`.
///
/// **Source:** kernel binding `interrupt-controller/arm,gic.yaml`, `^v2m@`.
public struct GICv2M: Declared, Hashable, Codable {
  /// The address of the frame.
  public var at: GuestAddress
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// A frame at `at`.
  public init(
    at: GuestAddress, file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.declaration = Declaration(file, line, column)
  }
}

/// Collects the frames of a ``GICv2``.
@resultBuilder
public enum GICv2MBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = GICv2M

  /// One frame.
  public static func buildExpression(_ frame: GICv2M) -> [GICv2M] { [frame] }

  /// Says what belongs here.
  @available(*, unavailable, message: "the braces of a GICv2 hold GICv2M frames")
  public static func buildExpression<Other>(_ other: Other) -> [GICv2M] { [] }
}
