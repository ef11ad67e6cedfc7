/// The processor's side of a GIC, in the ``MADT``.
///
/// **Source:** ACPI 6.5, section 5.2.12.14, table 5.37; of 82 bytes, older tables have 76 or 80.
public struct GICC: Hashable, Sendable {
  /// The number of the CPU interface; any, but another for each.
  public var interfaceNumber: UInt32
  /// The `_UID` of the processor.
  public var uid: UInt32
  /// b0 enabled, b1 performance interrupt is an edge, b2 the same of virtual maintenance.
  public var flags: UInt32
  /// The GSI of the performance counters; 0 for none.
  public var performanceInterrupt: UInt32
  /// The address of the CPU interface of a GICv2; 0 of a GICv3.
  public var address: UInt64
  /// The address of the virtual CPU interface.
  public var virtualAddress: UInt64
  /// The address of the virtual control block.
  public var hypervisorAddress: UInt64
  /// The GSI of virtual maintenance.
  public var maintenanceInterrupt: UInt32
  /// The address of the redistributor, where they aren't in one range.
  public var redistributor: UInt64
  /// The affinity of the processor, as MPIDR_EL1 has it.
  public var mpidr: UInt64

  /// A processor that is enabled.
  public init(uid: UInt32, mpidr: UInt64) {
    interfaceNumber = uid
    self.uid = uid
    flags = 1
    performanceInterrupt = 0
    address = 0
    virtualAddress = 0
    hypervisorAddress = 0
    maintenanceInterrupt = 0
    redistributor = 0
    self.mpidr = mpidr
  }

  init(_ reader: TableReader) throws(ACPIError) {
    interfaceNumber = try reader.doubleWord(4)
    uid = try reader.doubleWord(8)
    flags = try reader.doubleWord(12)
    performanceInterrupt = try reader.doubleWord(20)
    address = try reader.quadWord(32)
    virtualAddress = try reader.quadWord(40)
    hypervisorAddress = try reader.quadWord(48)
    maintenanceInterrupt = try reader.doubleWord(56)
    redistributor = try reader.quadWord(60)
    mpidr = try reader.quadWord(68)
  }

  func write(to body: inout TableBody) {
    body.add(bytes: [0x0b, 80, 0, 0])
    body.add(interfaceNumber)
    body.add(uid)
    body.add(flags)
    // The parking protocol's version, which PSCI replaces.
    body.reserve(4)
    body.add(performanceInterrupt)
    body.reserve(8)
    body.add(address)
    body.add(virtualAddress)
    body.add(hypervisorAddress)
    body.add(maintenanceInterrupt)
    body.add(redistributor)
    body.add(mpidr)
    // Efficiency class, a reserved byte, and the interrupt of statistical profiling.
    body.reserve(4)
  }
}
