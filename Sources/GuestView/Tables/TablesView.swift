public import ACPI

/// What a Linux guest makes of a set of ACPI tables: its devices, windows, interrupts, PCI hosts, and
/// who may DMA where.
///
/// Everything is read from the bytes once; nothing is run, and nothing here judges.
///
/// **Source:** Linux 6.12, as each member says.
public final class TablesView: Sendable {
  /// The tables.
  public let set: TableSet
  /// The objects that they declare.
  public let namespace: Namespace
  /// The processor; nil where nobody tells.
  public let architecture: ArchitectureOfTables?
  /// The processors and interrupt controllers: `APIC`.
  public let madt: FixedTable<MADT>?
  /// Where PCI's configuration space is.
  public let mcfg: FixedTable<MCFG>?
  /// How requests reach SMMUs.
  public let iort: FixedTable<IORT>?
  /// What is behind virtio-iommus.
  public let viot: FixedTable<VIOT>?
  /// The timers of Arm.
  public let gtdt: FixedTable<GTDT>?
  /// The console.
  public let spcr: FixedTable<SPCR>?
  /// The ports of debuggers.
  public let dbg2: FixedTable<DBG2>?
  /// What the machine is: `FACP`.
  public let fadt: FixedTable<FADT>?
  /// What the devices offer, by their paths in the namespace; nil where nobody told.
  public let features: DeviceFeatures?
  /// What the guest's kernel was built with; nil where nobody told.
  public let guest: GuestConfiguration?
  /// The parameters of the guest's kernel; none where nobody told.
  public let kernelParameters: [CommandLine.Parameter]
  /// The devices, in the order of the namespace.
  public let devices: [TableDevice]
  /// Those that mean to be host bridges of PCI.
  public let pciHosts: [TablePCIHost]
  /// The limit at which looking ended, and the number of the table; nil where all was looked at.
  ///
  /// It is no fault of the tables. What is here then is a part of them, about which rules may be wrong: it is not to be
  /// judged.
  public let limitPassed: (error: ACPIError, table: Int)?
  let iommus: TableIOMMUs
  /// What devices of the namespace themselves offer, by their positions.
  let featuresByDevice: [Int: DeviceFeatures.Device]
  private let positions: [String: Int]

  /// Looks at `set` as a guest would.
  ///
  /// - Parameters:
  ///   - set: The tables.
  ///   - features: What the devices offer, where that is known.
  ///   - guest: What the kernel was built with, where that is known.
  ///   - kernelArguments: The command line of the kernel, where that is known.
  ///   - architecture: What somebody said, stronger than the tables.
  ///   - limits: What reading them may take.
  ///   - otherwise: Asked where neither somebody nor the tables tell the processor.
  public init(
    _ set: TableSet, features: DeviceFeatures? = nil, guest: GuestConfiguration? = nil,
    kernelArguments: String? = nil, architecture: ArchitectureOfTables? = nil,
    limits: ACPILimits = .judging,
    otherwise: () -> ArchitectureOfTables? = { nil }
  ) {
    self.set = set
    self.features = features
    self.guest = guest
    kernelParameters = CommandLine.parameters(in: (kernelArguments ?? "").utf8)
    namespace = Namespace(set.tables, limits: limits)
    madt = FixedTable.first("APIC", in: set) { (image) throws(ACPIError) in try MADT(image) }
    mcfg = FixedTable.first("MCFG", in: set) { (image) throws(ACPIError) in try MCFG(image) }
    iort = FixedTable.first("IORT", in: set) { (image) throws(ACPIError) in try IORT(image) }
    viot = FixedTable.first("VIOT", in: set) { (image) throws(ACPIError) in try VIOT(image) }
    gtdt = FixedTable.first("GTDT", in: set) { (image) throws(ACPIError) in try GTDT(image) }
    spcr = FixedTable.first("SPCR", in: set) { (image) throws(ACPIError) in try SPCR(image) }
    dbg2 = FixedTable.first("DBG2", in: set) { (image) throws(ACPIError) in try DBG2(image) }
    fadt = FixedTable.first("FACP", in: set) { (image) throws(ACPIError) in try FADT(image) }
    self.architecture =
      architecture ?? ArchitectureOfTables(set, madt: madt?.content) ?? otherwise()
    let (devices, limitPassed) = Inherited.devices(of: namespace)
    self.limitPassed = limitPassed
    self.devices = devices
    let allocations = mcfg?.content
    pciHosts = devices.filter(\.isPCIHost).map { TablePCIHost($0, mcfg: allocations) }
    iommus = TableIOMMUs(set, iort: iort?.content, viot: viot?.content)
    let positions = Dictionary(
      devices.map { ($0.path, $0.index) }, uniquingKeysWith: { first, _ in first })
    self.positions = positions
    var featuresByDevice: [Int: DeviceFeatures.Device] = [:]
    for offered in features?.devices ?? [] where offered.requesterID == nil {
      guard let position = Self.position(ofSpelt: offered.node, in: positions),
        featuresByDevice[position] == nil
      else { continue }
      featuresByDevice[position] = offered
    }
    self.featuresByDevice = featuresByDevice
  }

  /// The device at `path`, `\_SB.PCI0`, as ``TableDevice/path`` spells it.
  public func device(at path: String) -> TableDevice? { positions[path].map { devices[$0] } }

  /// The device that an interpreter finds at `path`, names of which may be filled up with `_`.
  public func device(spelt path: String) -> TableDevice? {
    Self.position(ofSpelt: path, in: positions).map { devices[$0] }
  }

  private static func position(ofSpelt path: String, in positions: [String: Int]) -> Int? {
    if let position = positions[path] { return position }
    guard let path = try? NamePath(path), path.isAbsolute else { return nil }
    return positions[path.description]
  }

  /// Who claims which guest-physical addresses, by address.
  public var claims: [TableClaim] { TableClaims(self).claims }

  /// Whether the processor is this one.
  public func isOn(_ wanted: Architecture) -> Bool { architecture?.architecture == wanted }
}

extension Namespace.Object {
  /// The object by itself, as findings point at it.
  public var place: TablePlace { TablePlace(self, path: path) }
}
