extension Element: Codable {
  /// The key of an element's object, `{"memory": {…}}`.
  enum CodingKeys: String, CodingKey, CaseIterable {
    case memory, memoryReservation, reservedMemory, restrictedDMAPool, sharedDMAPool, sharedMemory
    case cpus, psci, gicv2, gicv3, plic, clint, aplic, imsic
    case archTimer, pl011
    case ns16550, fixedClock, pl031, pl030, goldfishRTC, mc146818, pl061, gpioKeys, gpioPoweroff
    case gpioRestart, sifiveTest, sysconPoweroff, sysconReboot, fwCfg, flash, tpmTIS
    case vcpuStallDetector, goldfishBattery, vmGenID
    case virtioMMIO, virtioCCW, acpiDevice, pciHostBridge, smmuv3, virtioIOMMU, pkvmIOMMU, bus
    case chosen, alias, iommuDomain, node
  }

  /// The noun, as the model spells it.
  public var noun: String { key.rawValue }

  private var key: CodingKeys {
    switch self {
    case .memory: .memory
    case .memoryReservation: .memoryReservation
    case .reservedMemory: .reservedMemory
    case .restrictedDMAPool: .restrictedDMAPool
    case .sharedDMAPool: .sharedDMAPool
    case .sharedMemory: .sharedMemory
    case .cpus: .cpus
    case .psci: .psci
    case .gicv2: .gicv2
    case .gicv3: .gicv3
    case .plic: .plic
    case .clint: .clint
    case .aplic: .aplic
    case .imsic: .imsic
    case .archTimer: .archTimer
    case .pl011: .pl011
    case .ns16550: .ns16550
    case .fixedClock: .fixedClock
    case .pl031: .pl031
    case .pl030: .pl030
    case .goldfishRTC: .goldfishRTC
    case .mc146818: .mc146818
    case .pl061: .pl061
    case .gpioKeys: .gpioKeys
    case .gpioPoweroff: .gpioPoweroff
    case .gpioRestart: .gpioRestart
    case .sifiveTest: .sifiveTest
    case .sysconPoweroff: .sysconPoweroff
    case .sysconReboot: .sysconReboot
    case .fwCfg: .fwCfg
    case .flash: .flash
    case .tpmTIS: .tpmTIS
    case .vcpuStallDetector: .vcpuStallDetector
    case .goldfishBattery: .goldfishBattery
    case .vmGenID: .vmGenID
    case .virtioMMIO: .virtioMMIO
    case .virtioCCW: .virtioCCW
    case .acpiDevice: .acpiDevice
    case .pciHostBridge: .pciHostBridge
    case .smmuv3: .smmuv3
    case .virtioIOMMU: .virtioIOMMU
    case .pkvmIOMMU: .pkvmIOMMU
    case .iommuDomain: .iommuDomain
    case .bus: .bus
    case .chosen: .chosen
    case .alias: .alias
    case .node: .node
    }
  }

  /// Reads an object with one key, the noun.
  ///
  /// - Throws: `DecodingError` where there is another number of keys, or none of a noun.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let keys = container.allKeys
    guard keys.count == 1, let key = keys.first else {
      let nouns = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "expected an object with exactly one of the keys \(nouns)"))
    }
    switch key {
    case .memory: self = .memory(try container.decode(Memory.self, forKey: key))
    case .memoryReservation:
      self = .memoryReservation(try container.decode(MemoryReservation.self, forKey: key))
    case .reservedMemory:
      self = .reservedMemory(try container.decode(ReservedMemory.self, forKey: key))
    case .restrictedDMAPool:
      self = .restrictedDMAPool(try container.decode(RestrictedDMAPool.self, forKey: key))
    case .sharedDMAPool:
      self = .sharedDMAPool(try container.decode(SharedDMAPool.self, forKey: key))
    case .sharedMemory:
      self = .sharedMemory(try container.decode(SharedMemoryRole.self, forKey: key))
    case .cpus: self = .cpus(try container.decode(CPUs.self, forKey: key))
    case .psci: self = .psci(try container.decode(PSCI.self, forKey: key))
    case .gicv2: self = .gicv2(try container.decode(GICv2.self, forKey: key))
    case .gicv3: self = .gicv3(try container.decode(GICv3.self, forKey: key))
    case .plic: self = .plic(try container.decode(PLIC.self, forKey: key))
    case .clint: self = .clint(try container.decode(CLINT.self, forKey: key))
    case .aplic: self = .aplic(try container.decode(APLIC.self, forKey: key))
    case .imsic: self = .imsic(try container.decode(IMSIC.self, forKey: key))
    case .archTimer: self = .archTimer(try container.decode(ArchTimer.self, forKey: key))
    case .pl011: self = .pl011(try container.decode(PL011.self, forKey: key))
    case .ns16550: self = .ns16550(try container.decode(NS16550.self, forKey: key))
    case .fixedClock: self = .fixedClock(try container.decode(FixedClock.self, forKey: key))
    case .pl031: self = .pl031(try container.decode(PL031.self, forKey: key))
    case .pl030: self = .pl030(try container.decode(PL030.self, forKey: key))
    case .goldfishRTC: self = .goldfishRTC(try container.decode(GoldfishRTC.self, forKey: key))
    case .mc146818: self = .mc146818(try container.decode(MC146818.self, forKey: key))
    case .pl061: self = .pl061(try container.decode(PL061.self, forKey: key))
    case .gpioKeys: self = .gpioKeys(try container.decode(GPIOKeys.self, forKey: key))
    case .gpioPoweroff: self = .gpioPoweroff(try container.decode(GPIOPoweroff.self, forKey: key))
    case .gpioRestart: self = .gpioRestart(try container.decode(GPIORestart.self, forKey: key))
    case .sifiveTest: self = .sifiveTest(try container.decode(SiFiveTest.self, forKey: key))
    case .sysconPoweroff:
      self = .sysconPoweroff(try container.decode(SysconPoweroff.self, forKey: key))
    case .sysconReboot: self = .sysconReboot(try container.decode(SysconReboot.self, forKey: key))
    case .fwCfg: self = .fwCfg(try container.decode(FwCfg.self, forKey: key))
    case .flash: self = .flash(try container.decode(Flash.self, forKey: key))
    case .tpmTIS: self = .tpmTIS(try container.decode(TPMTIS.self, forKey: key))
    case .vcpuStallDetector:
      self = .vcpuStallDetector(try container.decode(VCPUStallDetector.self, forKey: key))
    case .goldfishBattery:
      self = .goldfishBattery(try container.decode(GoldfishBattery.self, forKey: key))
    case .vmGenID: self = .vmGenID(try container.decode(VMGenID.self, forKey: key))
    case .virtioMMIO: self = .virtioMMIO(try container.decode(VirtioMMIO.self, forKey: key))
    case .virtioCCW: self = .virtioCCW(try container.decode(VirtioCCW.self, forKey: key))
    case .acpiDevice: self = .acpiDevice(try container.decode(ACPIDevice.self, forKey: key))
    case .pciHostBridge:
      self = .pciHostBridge(try container.decode(PCIHostBridge.self, forKey: key))
    case .smmuv3: self = .smmuv3(try container.decode(SMMUv3.self, forKey: key))
    case .virtioIOMMU: self = .virtioIOMMU(try container.decode(VirtioIOMMU.self, forKey: key))
    case .pkvmIOMMU: self = .pkvmIOMMU(try container.decode(PKVMIOMMU.self, forKey: key))
    case .iommuDomain: self = .iommuDomain(try container.decode(IOMMUDomain.self, forKey: key))
    case .bus: self = .bus(try container.decode(Bus.self, forKey: key))
    case .chosen: self = .chosen(try container.decode(Chosen.self, forKey: key))
    case .alias: self = .alias(try container.decode(Alias.self, forKey: key))
    case .node: self = .node(try container.decode(Node.self, forKey: key))
    }
  }

  /// Writes an object with one key, the noun.
  ///
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .memory(let noun): try container.encode(noun, forKey: key)
    case .memoryReservation(let noun): try container.encode(noun, forKey: key)
    case .reservedMemory(let noun): try container.encode(noun, forKey: key)
    case .restrictedDMAPool(let noun): try container.encode(noun, forKey: key)
    case .sharedDMAPool(let noun): try container.encode(noun, forKey: key)
    case .sharedMemory(let noun): try container.encode(noun, forKey: key)
    case .cpus(let noun): try container.encode(noun, forKey: key)
    case .psci(let noun): try container.encode(noun, forKey: key)
    case .gicv2(let noun): try container.encode(noun, forKey: key)
    case .gicv3(let noun): try container.encode(noun, forKey: key)
    case .plic(let noun): try container.encode(noun, forKey: key)
    case .clint(let noun): try container.encode(noun, forKey: key)
    case .aplic(let noun): try container.encode(noun, forKey: key)
    case .imsic(let noun): try container.encode(noun, forKey: key)
    case .archTimer(let noun): try container.encode(noun, forKey: key)
    case .pl011(let noun): try container.encode(noun, forKey: key)
    case .ns16550(let noun): try container.encode(noun, forKey: key)
    case .fixedClock(let noun): try container.encode(noun, forKey: key)
    case .pl031(let noun): try container.encode(noun, forKey: key)
    case .pl030(let noun): try container.encode(noun, forKey: key)
    case .goldfishRTC(let noun): try container.encode(noun, forKey: key)
    case .mc146818(let noun): try container.encode(noun, forKey: key)
    case .pl061(let noun): try container.encode(noun, forKey: key)
    case .gpioKeys(let noun): try container.encode(noun, forKey: key)
    case .gpioPoweroff(let noun): try container.encode(noun, forKey: key)
    case .gpioRestart(let noun): try container.encode(noun, forKey: key)
    case .sifiveTest(let noun): try container.encode(noun, forKey: key)
    case .sysconPoweroff(let noun): try container.encode(noun, forKey: key)
    case .sysconReboot(let noun): try container.encode(noun, forKey: key)
    case .fwCfg(let noun): try container.encode(noun, forKey: key)
    case .flash(let noun): try container.encode(noun, forKey: key)
    case .tpmTIS(let noun): try container.encode(noun, forKey: key)
    case .vcpuStallDetector(let noun): try container.encode(noun, forKey: key)
    case .goldfishBattery(let noun): try container.encode(noun, forKey: key)
    case .vmGenID(let noun): try container.encode(noun, forKey: key)
    case .virtioMMIO(let noun): try container.encode(noun, forKey: key)
    case .virtioCCW(let noun): try container.encode(noun, forKey: key)
    case .acpiDevice(let noun): try container.encode(noun, forKey: key)
    case .pciHostBridge(let noun): try container.encode(noun, forKey: key)
    case .smmuv3(let noun): try container.encode(noun, forKey: key)
    case .virtioIOMMU(let noun): try container.encode(noun, forKey: key)
    case .pkvmIOMMU(let noun): try container.encode(noun, forKey: key)
    case .iommuDomain(let noun): try container.encode(noun, forKey: key)
    case .bus(let noun): try container.encode(noun, forKey: key)
    case .chosen(let noun): try container.encode(noun, forKey: key)
    case .alias(let noun): try container.encode(noun, forKey: key)
    case .node(let noun): try container.encode(noun, forKey: key)
    }
  }
}
