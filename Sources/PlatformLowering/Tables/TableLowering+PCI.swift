import ACPI
import PlatformDescription

extension TableLowering {
  /// A PCI host: its bridge, and its configuration space in the motherboard's resources.
  ///
  /// The host that a VMM's machine has is in the VMM's own tables, unless ours are all there are; what is on
  /// it is checked alike.
  mutating func lower(_ stated: PCIHostBridge, _ name: NameSegment?) {
    let location = stated.declaration.location
    let domain = shared.inventory.takeDomain()
    guard let layout = shared.layout(of: stated), let space = layout.configurationSpace,
      shared.check(space, at: location), shared.checkDomain(domain, at: location)
    else { return }
    let isMachines = stated.configurationSpace == nil
    var noun = isMachines ? stated.completed(by: layout, at: location) : stated
    if isMachines, isComplete {
      noun.configurationSpace = layout.configurationSpace
      noun.content = layout.windows.map { .window($0) } + noun.content
    }
    note(regions: stated.memoryRegion, of: location)
    if let iommu = noun.iommu { shared.isPlaced(iommu, at: location) }
    var host = PCIHostDraft(
      noun: noun, domain: domain, bridge: isMachines ? shared.machinePCI?.bridge : nil,
      firstInterrupt: noun.firstInterrupt ?? layout.firstInterrupt,
      requesters: RequesterMapDraft(common: noun.iommu.map { Target($0) }))
    if isMachines {
      host.deviceInterrupts = DeviceInterrupts(shared.machinePCI, around: noun.content)
    }
    let before = shared.virtio.count
    _ = shared.functions(
      noun.content,
      on: PCIBusDraft(
        segment: domain, number: space.buses.first, last: space.buses.last, parent: Target(noun),
        isRoot: true),
      of: &host)
    shared.checkFirstFunctions(of: host)
    let path = name.map { NamePath(absolute: ["_SB", $0]) }
    for index in shared.virtio.indices.dropFirst(before) {
      shared.virtio[index].path = path?.description ?? "\\_SB.PCI0"
    }
    notePlaces(of: noun.content, segment: domain, bus: space.buses.first)
    guard let name, let path else { return }
    translations.add(
      map: host.requesters.cells(domain: domain, known: shared.inventory.placedIOMMUs),
      segment: domain)
    translations.hosts.append(
      .init(
        segment: UInt16(clamping: domain), isCoherent: noun.dmaCoherent, location: location))
    guard let entry = entry(for: space, segment: domain, at: location) else { return }
    configurationSpaces.append(entry)
    append(bridge(name, path, host, space, entry), noun.declaration)
    appendConfigurationSpace(entry, at: location)
  }

  /// The host bridge.
  ///
  /// **Source:** PCI Firmware Specification 3.3, section 4; ACPI 6.5, sections 6.1.12, 6.2.13 and 6.5.5 to
  /// 6.5.6; Linux `drivers/acpi/pci_root.c`, which looks for PNP0A03.
  private mutating func bridge(
    _ name: NameSegment, _ path: NamePath, _ host: PCIHostDraft,
    _ space: PCIHostBridge.ConfigurationSpace, _ entry: ConfigurationSpaceEntry
  ) -> DeviceDraft {
    let noun = host.noun
    var device = DeviceDraft(
      name: name, hardwareID: "PNP0A08", compatibleIDs: ["PNP0A03"], uid: takeUID(of: "PNP0A08"),
      isCoherent: noun.dmaCoherent, location: noun.declaration.location)
    device.details = [
      .name("_SEG", .integer(UInt64(entry.segment))),
      .name("_BBN", .integer(UInt64(entry.firstBus))),
    ]
    var resources: [ResourceDescriptor] = [
      .addressSpace(
        AddressSpaceDescriptor(
          .word, .busNumber, minimum: UInt64(entry.firstBus),
          length: UInt64(entry.lastBus - entry.firstBus) + 1))
    ]
    for window in noun.windows {
      if let descriptor = descriptor(of: window, in: noun) {
        resources.append(.addressSpace(descriptor))
      }
    }
    device.resources = resources
    device.memory = noun.windows.filter { $0.space != .io }.map {
      AddressRange(at: $0.at, size: $0.size)
    }
    let routing = routing(of: host)
    if !routing.isEmpty { device.children.append(.name("_PRT", .package(routing))) }
    device.children.append(.method(Self.control))
    device.children += functions(noun.content, in: path)
    return device
  }

  /// `_OSC`: the guest gets every feature of PCI Express that the specification has bits for up to the
  /// capability structure, and is told which of its wishes is none of those.
  ///
  /// **Source:** PCI Firmware Specification 3.3, section 4.5.1, tables 4-4 to 4-6.
  private static let control: Method = {
    let status = Term.path("CDW1")
    let granted = Term.local(0)
    return Method(
      "_OSC", argumentCount: 4, isSerialized: true,
      body: [
        .operation(.createDWordField, [.argument(3), .integer(0), .path("CDW1")]),
        .if(
          .equal(.argument(0), .uuid(.pciHostBridge)),
          [
            .operation(.createDWordField, [.argument(3), .integer(8), .path("CDW3")]),
            // Native hot plug, SHPC's, PME, AER, and the capability structure itself.
            .operation(.and, [.path("CDW3"), .integer(0x1f), granted]),
            .if(
              .not(.equal(.argument(1), .integer(1))),
              [.operation(.or, [status, .integer(0x08), status])], else: nil),
            .if(
              .not(.equal(.path("CDW3"), granted)),
              [.operation(.or, [status, .integer(0x10), status])], else: nil),
            .store(granted, into: .path("CDW3")),
          ], else: [.operation(.or, [status, .integer(0x04), status])]),
        .return(.argument(3)),
      ])
  }()

  private mutating func appendConfigurationSpace(
    _ entry: ConfigurationSpaceEntry, at location: SourceLocation?
  ) {
    guard let name = take(at: location) else { return }
    var device = DeviceDraft(
      name: name, hardwareID: "PNP0C02", uid: takeUID(of: "PNP0C02"), location: location)
    setResources([entry.range], [], of: &device)
    devices.append(device)
  }

  /// The entry of MCFG for a configuration space.
  private mutating func entry(
    for space: PCIHostBridge.ConfigurationSpace, segment: Int, at location: SourceLocation?
  ) -> ConfigurationSpaceEntry? {
    guard space.layout == .ecam else {
      mistake(
        "description/no-acpi-form", "MCFG has no word for CAM: 1 MiB a bus, or nothing",
        at: location,
        help: "say 'ecam:'")
      return nil
    }
    let below = UInt64(space.buses.first) << 20
    guard space.at.value >= below else {
      mistake(
        "description/no-acpi-form",
        "MCFG says where bus 0 would be, and that is before the first address", at: location,
        help: "start configuration space at \(GuestAddress(below)) or above, or 'buses:' at 0")
      return nil
    }
    return ConfigurationSpaceEntry(
      range: AddressRange(at: space.at, size: space.sizeOfBuses),
      segment: UInt16(clamping: segment), firstBus: UInt8(clamping: space.buses.first),
      lastBus: UInt8(clamping: space.buses.last))
  }
}
