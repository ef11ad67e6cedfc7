import PlatformDescription

/// Lowers one virtual machine that its VMM describes to what its devices have to offer.
///
/// What such a VMM decides by itself is refused: here it would have no effect. Devices, features and what
/// keeps memory from the host are checked as for trees, by ``MachineLowering``.
struct OfferLowering {
  let machine: VirtualMachine
  /// What all forms have in common.
  var shared: MachineLowering
  /// The channel devices that there are, with the place of each.
  private var channels: [ChannelAddress: SourceLocation?] = [:]
  /// The lowest device number of each set that may be free.
  private var nextDeviceNumbers: [Int: Int] = [:]

  /// The path of QEMU's PCI host, `spapr-pci-host-bridge` 0.
  ///
  /// **Source:** QEMU 7.2 `include/hw/pci-host/spapr.h`, `SPAPR_PCI_BASE_BUID`; `hw/ppc/spapr_pci.c`,
  /// `spapr_dt_phb`.
  static let hostPath = "/pci@800000020000000"

  init(_ machine: VirtualMachine) {
    self.machine = machine
    shared = MachineLowering(machine)
    // Those that are stated come first, wherever they stand.
    for case .virtioCCW(let noun) in machine.elements {
      guard let number = noun.deviceNumber,
        let address = ChannelAddress(
          subchannelSet: noun.subchannelSet, deviceNumber: number), channels[address] == nil
      else { continue }
      channels[address] = .some(noun.declaration.location)
    }
  }

  /// What is wrong.
  var mistakes: [Mistake] { shared.mistakes }

  mutating func mistake(
    _ id: String, _ message: String, at location: SourceLocation?, help: String? = nil,
    related: [Mistake.Related] = []
  ) {
    shared.mistake(id, message, at: location, help: help, related: related)
  }

  /// Lowers the machine; nil where something is wrong with it.
  mutating func lower() -> LoweredOffer? {
    guard canBeOffered() else { return nil }
    refuseWordsOfMachine()
    for element in machine.elements { lower(element) }
    shared.checkConfidentiality()
    if mistakes.isEmpty, shared.virtio.isEmpty {
      mistake(
        "description/nothing-to-offer", "'\(machine.name)' has no virtio device to say anything of",
        at: machine.declaration.location, help: machine.architecture.whatItHas)
    }
    guard mistakes.isEmpty else { return nil }
    return LoweredOffer(
      name: machine.name, architecture: machine.architecture, devices: shared.virtio,
      confidentiality: shared.confidentiality())
  }

  /// Whether nothing is asked for that only another machine has.
  private mutating func canBeOffered() -> Bool {
    let location = machine.declaration.location
    if let borrowed = machine.machine {
      mistake(
        "description/other-architecture",
        "the VMM's machine is \(borrowed.architecture.rawValue), and '\(machine.name)' is "
          + machine.architecture.rawValue, at: location, help: "leave 'on:' out")
      return false
    }
    guard let firmware = machine.firmware else { return true }
    let reason = machine.architecture.selfDescription ?? ""
    mistake(
      firmware == .deviceTree ? "description/no-device-tree" : "description/no-tables",
      "'\(machine.name)' is \(machine.architecture.rawValue), and no "
        + (firmware == .deviceTree ? "tree is" : "tables are") + " made for it: \(reason)",
      at: location, help: "leave 'firmware:' out")
    return false
  }

  private mutating func refuseWordsOfMachine() {
    let declaration = machine.declaration
    if machine.compatible != nil || machine.bootCPU != nil || declaration.omissions != nil
      || !declaration.additions.isEmpty
    {
      mistake(
        "description/no-node", "'\(machine.name)' has no tree, and so no root node to say this of",
        at: declaration.location,
        help: "leave 'compatible:', '.bootCPU', '.omitting' and '.adding' out")
    }
    refuseAllowances(declaration)
  }

  /// Rules judge trees and tables.
  mutating func refuseAllowances(_ declaration: Declaration) {
    guard let allowance = declaration.allowances.first else { return }
    mistake(
      "description/nothing-to-allow",
      "no rule judges '\(machine.name)', which has neither tree nor tables, so that '\(allowance.rule)' can't be found",
      at: declaration.location, help: "leave the allowance out")
  }

  // MARK: - Elements

  private mutating func lower(_ element: Element) {
    let declaration = element.declaration
    let location = declaration.location
    refuseAllowances(declaration)
    shared.refuseWordsOfNodes(declaration, of: "what a VMM describes")
    if let other = element.onlyArchitecture, other != machine.architecture {
      mistake(
        "description/other-architecture",
        "this is part of \(other.rawValue) machines, and '\(machine.name)' is "
          + machine.architecture.rawValue, at: location, help: machine.architecture.whatItHas)
      return
    }
    switch element {
    case .memory(let noun): for region in noun.regions { lower(region) }
    case .cpus(let noun):
      guard shared.isFirst("CPUs", at: location) else { return }
      _ = shared.hasRoom(for: noun.count, at: location)
    case .restrictedDMAPool(let noun): refuse(region: noun.name, at: location)
    case .sharedDMAPool(let noun): refuse(region: noun.name, at: location)
    case .reservedMemory(let noun): refuse(region: noun.name, at: location)
    case .sharedMemory(let noun): refuse(region: noun.name, at: location)
    case .virtioCCW(let noun): lower(noun)
    case .pciHostBridge(let noun) where machine.architecture == .ppc64: lower(noun)
    case .virtioIOMMU, .smmuv3: refuseIOMMU(at: location)
    case .virtioMMIO, .pciHostBridge:
      mistake(
        "description/other-transport",
        "'\(machine.name)' is \(machine.architecture.rawValue), and has no such virtio devices",
        at: location,
        help: machine.architecture.whatItHas)
    case .chosen:
      refuse(
        "what the kernel is told stands on the VMM's command line", at: location,
        help: "leave it out, and give QEMU -append")
    case .memoryReservation, .psci, .gicv2, .gicv3, .plic, .clint, .aplic, .imsic, .archTimer,
      .pl011, .ns16550, .fixedClock, .pl031, .pl030, .goldfishRTC, .mc146818, .pl061, .gpioKeys,
      .gpioPoweroff, .gpioRestart, .sifiveTest, .sysconPoweroff, .sysconReboot, .fwCfg, .flash,
      .tpmTIS, .vcpuStallDetector, .goldfishBattery, .vmGenID, .acpiDevice, .pkvmIOMMU,
      .iommuDomain, .bus, .alias, .node:
      refuse("this is nothing that a virtio device offers", at: location)
    }
  }

  /// Says that something is the VMM's affair.
  mutating func refuse(
    _ message: String, at location: SourceLocation?, help: String = "leave it out"
  ) {
    mistake(
      "description/left-to-the-vmm",
      "\(message), and the VMM of '\(machine.name)' describes everything else itself",
      at: location, help: help)
  }

  /// Says why a region means nothing here.
  mutating func refuse(region name: String, at location: SourceLocation?) {
    guard let kind = machine.confidential else {
      return refuse("'\(name)' is memory of a tree", at: location)
    }
    mistake(
      "description/pool-pointless",
      "'\(name)' has no effect: a guest \(kind.words) bounces all DMA through Linux's default pool",
      at: location,
      help: "leave it out; 'swiotlb=' on the kernel's command line says how large that pool is")
  }

  /// Says why an IOMMU in front of a device changes nothing.
  mutating func refuseIOMMU(at location: SourceLocation?) {
    mistake(
      "description/iommu-pointless",
      "it takes no IOMMU to have drivers use the DMA API: VIRTIO_F_ACCESS_PLATFORM alone does, and every "
        + "device offers it where memory is kept from the host",
      at: location, help: "leave it out; what the VMM's machine has of its own stays")
  }

  // MARK: - Channel devices

  private mutating func lower(_ noun: VirtioCCW) {
    let location = noun.declaration.location
    shared.check(noun.device, at: location)
    shared.checkFeatures(noun.features + noun.withholding, of: noun.device, at: location)
    guard let address = address(of: noun) else { return }
    shared.virtio.append(
      LoweredDevice(
        path: address.description, deviceID: noun.device.deviceID, queues: noun.device.queues,
        parameters: noun.device.effectiveParameters,
        features: shared.offered(
          noun.features, by: noun.device, withholding: noun.withholding, isConfined: false),
        slot: nil, transport: .ccw(address), hasNode: false, location: location))
  }

  /// Where a channel device is: as it says, or at the lowest number that is free.
  private mutating func address(of noun: VirtioCCW) -> ChannelAddress? {
    let location = noun.declaration.location
    guard ChannelAddress.subchannelSets.contains(noun.subchannelSet) else {
      mistake(
        "description/no-such-channel", "there is no subchannel set \(noun.subchannelSet): 0 to 3",
        at: location)
      return nil
    }
    guard let number = noun.deviceNumber else {
      return freeAddress(in: noun.subchannelSet, at: location)
    }
    guard
      let address = ChannelAddress(subchannelSet: noun.subchannelSet, deviceNumber: number)
    else {
      mistake(
        "description/no-such-channel", "there is no device number \(number): 0 to 65535",
        at: location)
      return nil
    }
    if let first = channels[address], taken.contains(address) {
      mistake(
        "description/channel-taken", "two devices of '\(machine.name)' are at \(address)",
        at: location, help: "give one of them another 'deviceNumber:', or none",
        related: [.init("the first is here", at: first == location ? nil : first)])
      return nil
    }
    taken.insert(address)
    return address
  }

  /// The stated addresses that were given away.
  private var taken: Set<ChannelAddress> = []

  private mutating func freeAddress(
    in set: Int, at location: SourceLocation?
  ) -> ChannelAddress? {
    var number = nextDeviceNumbers[set] ?? 0
    while let address = ChannelAddress(subchannelSet: set, deviceNumber: number) {
      number += 1
      guard channels[address] == nil else { continue }
      channels[address] = .some(location)
      nextDeviceNumbers[set] = number
      return address
    }
    mistake(
      "description/no-such-channel", "all device numbers of subchannel set \(set) are taken",
      at: location, help: "say 'subchannelSet:', or leave a device out")
    return nil
  }
}
