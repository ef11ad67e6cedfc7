import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// Lowers one element: a device is returned to whoever contains it, everything else goes where it
  /// belongs.
  mutating func lower(_ element: Element) -> DraftNode? {
    if let other = element.onlyArchitecture, other != architecture {
      mistake(
        "description/other-architecture",
        "this is part of \(other.rawValue) machines, and '\(machine.name)' is \(architecture.rawValue)",
        at: element.declaration.location, help: architecture.whatItHas)
      return nil
    }
    switch element {
    case .memory(let noun): lower(noun)
    case .memoryReservation(let noun): lower(noun)
    case .reservedMemory(let noun): lower(noun)
    case .restrictedDMAPool(let noun): lower(noun)
    case .sharedDMAPool(let noun): lower(noun)
    case .sharedMemory(let noun): lower(noun)
    case .cpus(let noun): lower(noun)
    case .psci(let noun): lower(noun)
    case .gicv2(let noun): lower(noun)
    case .gicv3(let noun): lower(noun)
    case .plic(let noun): lower(noun)
    case .clint(let noun): lower(noun)
    case .aplic(let noun): lower(noun)
    case .imsic(let noun): lower(noun)
    case .archTimer(let noun): lower(noun)
    case .chosen(let noun): lower(noun)
    case .alias(let noun): lower(noun)
    // Refused above: no machine with a tree has channel devices.
    case .virtioCCW: break
    // It is in no tree; see DomainCheck.
    case .iommuDomain(let noun): domains.append(noun)
    case .pl011(let noun): return node(for: noun)
    case .ns16550(let noun): return node(for: noun)
    case .fixedClock(let noun): return node(for: noun)
    case .pl031(let noun): return node(for: noun)
    case .pl030(let noun): return node(for: noun)
    case .goldfishRTC(let noun): return node(for: noun)
    case .mc146818(let noun): return node(for: noun)
    case .pl061(let noun): return node(for: noun)
    case .gpioKeys(let noun): return node(for: noun)
    case .gpioPoweroff(let noun): return node(for: noun)
    case .gpioRestart(let noun): return node(for: noun)
    case .sifiveTest(let noun): return node(for: noun)
    case .sysconPoweroff(let noun): return node(for: noun)
    case .sysconReboot(let noun): return node(for: noun)
    case .fwCfg(let noun): return node(for: noun)
    case .flash(let noun): return node(for: noun)
    case .tpmTIS(let noun): return node(for: noun)
    case .vcpuStallDetector(let noun): return node(for: noun)
    case .goldfishBattery(let noun): return node(for: noun)
    case .vmGenID(let noun): return node(for: noun)
    case .virtioMMIO(let noun): return node(for: noun)
    case .acpiDevice(let noun): refuse(noun)
    case .pciHostBridge(let noun): return node(for: noun)
    case .smmuv3(let noun): return node(for: noun)
    case .virtioIOMMU(let noun): return node(for: noun)
    case .pkvmIOMMU(let noun): return node(for: noun)
    case .bus(let noun): return node(for: noun)
    case .node(let noun): return node(for: noun)
    }
    return nil
  }

  private mutating func refuse(_ noun: ACPIDevice) {
    mistake(
      "description/no-tree-form",
      "this is a device of ACPI's namespace, and '\(machine.name)' has a device tree",
      at: noun.declaration.location, help: "say 'firmware: .acpi', or write a Node")
  }

  /// Adds a node that the kernel looks for early: at the root, or on the machine's bus.
  mutating func addSystem(_ node: DraftNode) {
    if habits.bus == nil { system.append(node) } else { onBus.append(node) }
  }

  /// Does to a node what its declaration says besides.
  mutating func finish(_ node: inout DraftNode) {
    finish(&node, pending: [])
  }
}

extension Architecture {
  /// What machines of the architecture have where others have something else.
  var whatItHas: String {
    switch self {
    case .arm64: "an arm64 machine has a GICv3 or a GICv2, and an ArchTimer"
    case .riscv64:
      "a riscv64 machine has a PLIC or an APLIC, and starts its harts through its firmware"
    case .x86_64: "the VMM's own tables describe the interrupt controllers of an x86_64 machine"
    case .ppc64: "a ppc64 machine has a PCIHostBridge with VirtioPCI in its braces"
    case .s390x: "an s390x machine has VirtioCCW devices"
    }
  }
}

extension Element {
  /// Whether a VMM puts it on its bus; what is spelled out stays where it was written.
  ///
  /// **Source:** QEMU 7.2 `hw/riscv/virt.c`, `create_fdt`: firmware configuration, flash and the
  /// registers of SiFive's test device stand at the root.
  var isPlacedByMachine: Bool {
    switch self {
    case .pl011, .ns16550, .goldfishRTC, .sifiveTest, .virtioMMIO, .virtioIOMMU, .pciHostBridge:
      true
    default: false
    }
  }

  /// The same element, whose parts were written at `location`.
  ///
  /// - Parameters:
  ///   - location: The line.
  ///   - declared: What a reference to another part of the machine becomes.
  /// - Returns: The element.
  func withParts(
    at location: SourceLocation?, referring declared: (Reference) -> Reference
  ) -> Element {
    switch self {
    case .gicv2(var noun):
      for index in noun.frames.indices { noun.frames[index].declaration.location = location }
      return .gicv2(noun)
    case .gicv3(var noun):
      for index in noun.its.indices { noun.its[index].declaration.location = location }
      return .gicv3(noun)
    case .gpioKeys(var noun):
      for index in noun.keys.indices {
        noun.keys[index].declaration.location = location
        noun.keys[index].gpio.controller = declared(noun.keys[index].gpio.controller)
      }
      return .gpioKeys(noun)
    case .ns16550(var noun):
      noun.clock = noun.clock.map(declared)
      return .ns16550(noun)
    case .pl030(var noun):
      noun.clock = noun.clock.map(declared)
      return .pl030(noun)
    case .sysconPoweroff(var noun):
      noun.regmap = declared(noun.regmap)
      return .sysconPoweroff(noun)
    case .sysconReboot(var noun):
      noun.regmap = declared(noun.regmap)
      return .sysconReboot(noun)
    default: return self
    }
  }

  /// The architecture that alone has it; nil for what any may have.
  var onlyArchitecture: Architecture? {
    switch self {
    case .psci, .gicv2, .gicv3, .archTimer, .pkvmIOMMU, .iommuDomain: .arm64
    case .plic, .clint, .aplic, .imsic: .riscv64
    case .virtioCCW: .s390x
    default: nil
    }
  }
}
