import ACPI
import PlatformDescription

extension TableLowering {
  /// Lowers one element of the machine, which has this name where it becomes a device.
  mutating func lower(_ element: Element, _ name: NameSegment?) {
    let location = element.declaration.location
    if let other = element.onlyArchitecture, other != machine.architecture {
      mistake(
        "description/other-architecture",
        "this is part of \(other.rawValue) machines, and '\(machine.name)' is "
          + machine.architecture.rawValue, at: location, help: machine.architecture.whatItHas)
      return
    }
    switch element {
    case .virtioMMIO(let noun): name.map { lower(noun, $0) }
    case .acpiDevice(let noun): name.map { lower(noun, $0) }
    case .node(let noun): name.map { lower(noun, $0) }
    case .pl011(let noun):
      name.map { lower(noun, "ARMH0011", noun.at, .kib(4), noun.interrupt, $0) }
    case .pl061(let noun):
      name.map { lower(noun, "ARMH0061", noun.at, .kib(4), noun.interrupt, $0) }
    case .fwCfg(let noun): name.map { lower(noun, "QEMU0002", noun.at, .bytes(24), nil, $0) }
    case .pciHostBridge(let noun): lower(noun, name)
    case .virtioIOMMU(let noun): name.map { lower(noun, $0) }
    case .smmuv3(let noun): lower(noun)
    case .memory(let noun): for region in noun.regions { note(region) }
    case .restrictedDMAPool, .sharedDMAPool, .reservedMemory: note(element)
    case .sharedMemory(let noun): lower(noun)
    case .memoryReservation:
      mistake(
        "description/no-effect-under-acpi",
        "under ACPI the firmware's memory map alone keeps memory from Linux", at: location,
        help: "leave it out, or describe the machine with a device tree")
    // The VMM's own tables have these, or its command line.
    case .cpus, .psci, .gicv2, .gicv3, .plic, .clint, .aplic, .imsic, .archTimer, .chosen, .alias:
      break
    case .bus:
      mistake(
        "description/no-acpi-form", "a bus of a device tree has no form in the namespace",
        at: location, help: "write its devices in the braces of the machine")
    case .ns16550, .fixedClock, .pl031, .pl030, .goldfishRTC, .mc146818, .gpioKeys, .gpioPoweroff,
      .gpioRestart, .sifiveTest, .sysconPoweroff, .sysconReboot, .flash, .tpmTIS,
      .vcpuStallDetector, .goldfishBattery, .vmGenID, .pkvmIOMMU, .iommuDomain, .virtioCCW:
      mistake(
        "description/no-acpi-form", "this noun has no form in the namespace", at: location,
        help: "leave it to the VMM's own tables, or write an ACPIDevice")
    }
  }

  private mutating func note(_ element: Element) {
    let location = element.declaration.location
    switch element {
    case .restrictedDMAPool(let noun): note(region: noun.name, at: location)
    case .sharedDMAPool(let noun): note(region: noun.name, at: location)
    case .sharedMemory(let noun): lower(noun)
    case .reservedMemory(let noun) where Self.isReservedRange(noun) && !isBesideOthers:
      note(range: noun)
    case .reservedMemory(let noun): note(region: noun.name, at: location)
    default: break
    }
  }

  /// A device that Linux knows by its `_HID`, and that has nothing else to say.
  private mutating func lower(
    _ noun: some Component, _ hardwareID: String, _ at: GuestAddress, _ size: ByteCount,
    _ interrupt: Interrupt?, _ name: NameSegment
  ) {
    var device = DeviceDraft(
      name: name, hardwareID: hardwareID, uid: takeUID(of: hardwareID), isCoherent: true,
      location: noun.declaration.location)
    setResources([AddressRange(at: at, size: size)], interrupt.map { [$0] } ?? [], of: &device)
    append(device, noun.declaration)
  }

  /// Adds a device, with what was said about it besides.
  mutating func append(
    _ device: DeviceDraft, _ declaration: Declaration, subnodes: SubnodeNames = SubnodeNames()
  ) {
    var (device, subnodes) = (device, subnodes)
    add(
      declaration.additions, to: &device.properties, &subnodes, replacing: true,
      at: device.location)
    // A tree's own words for what is left out mean nothing here, and the other way round.
    for omission in declaration.omissions ?? [] where !machine.hasTree {
      let written = device.term(DeviceStyle())
      guard case .device(_, let terms) = written,
        terms.contains(where: { $0.objectName == omission })
      else {
        mistake(
          "description/nothing-to-omit", "there is no object '\(omission)' here to be left out",
          at: device.location, help: "name an object that stands in the device without this")
        continue
      }
      device.omissions.insert(omission)
    }
    devices.append(device)
  }
}

extension TableLowering {
  /// Whether an element becomes a device of the SSDT, or of the DSDT.
  func becomesObject(_ element: Element) -> Bool {
    if isComplete, case .pciHostBridge = element { return true }
    return element.becomesObject
  }
}

extension Element {
  /// Whether tables have a word for it; what a machine has and they can't tell of is left out.
  var hasForm: Bool {
    switch self {
    case .ns16550, .fixedClock, .pl031, .pl030, .goldfishRTC, .mc146818, .gpioKeys, .gpioPoweroff,
      .gpioRestart, .sifiveTest, .sysconPoweroff, .sysconReboot, .flash, .tpmTIS,
      .vcpuStallDetector, .goldfishBattery, .vmGenID, .bus, .pkvmIOMMU, .iommuDomain,
      .virtioCCW:
      false
    default: true
    }
  }

  /// Whether it becomes a device of the SSDT.
  var becomesObject: Bool {
    switch self {
    case .virtioMMIO, .acpiDevice, .node, .pl011, .pl061, .fwCfg, .virtioIOMMU: true
    case .pciHostBridge(let noun): noun.configurationSpace != nil
    default: false
    }
  }
}
