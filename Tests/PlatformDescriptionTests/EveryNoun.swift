import PlatformDescription

/// A platform in which every noun, every optional part and every kind of value occurs.
enum EveryNoun {
  static let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
  static let heap = SharedDMAPool("heap", at: 0x5e00_0000, size: .mib(8))
  static let vrings = SharedMemory("vrings", at: 0x5100_0000, size: .mib(16), parties: 3)
  static let uart = PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh))

  static let smmu = SMMUv3(
    at: 0x0905_0000, eventq: .spi(74, .edgeRising), priq: .spi(75, .edgeRising),
    cmdqSync: .spi(76, .edgeRising), gerror: .spi(77, .edgeRising)
  ).nonCoherent()
  static let paravirtual = VirtioIOMMU(slot: 3, function: 1)

  static let inner = Label("inner")
  static let lane = Label("lane")

  static let platform = Platform("every-noun") {
    VirtualMachine("by-hand", architecture: .arm64, compatible: ["example,machine"]) {
      Memory(at: 0x4000_0000, size: .gib(1)) {
        pool
        ReservedMemory(
          "firmware", at: 0x4000_0000, size: .mib(2), compatible: ["example,firmware"],
          noMap: true)
      }
      MemoryReservation(at: 0x7fff_f000, size: .kib(4))
      RestrictedDMAPool(
        "dynamic", size: .mib(8), alignment: .kib(64),
        allocRanges: [AddressRange(at: 0x4000_0000, size: .mib(512))])
      RestrictedDMAPool("computed", size: .computed)
      RestrictedDMAPool("computed-64k", size: .computed(guestPageSize: .kib(64)))
      RestrictedDMAPool("computed-size", at: 0x5c00_0000, size: .computed)
      RestrictedDMAPool("computed-place", at: .computed, size: .mib(8))
      ReservedMemory("movable", size: .mib(16), reusable: true)
      heap
      vrings.asRestrictedDMAPool()
      SharedDMAPool("contiguous", .cmaDefault, size: .mib(16), alignment: .mib(2))
      CPUs(1, enableMethod: nil)
      PSCI(.v02, method: .smc).named("firmware").omitting("method")
      GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000) { ITS(at: 0x0808_0000) }
      ArchTimer(interrupts: [.ppi(13, .levelLow)], alwaysOn: false).labelled(Label("timer"))
      uart
      Bus(
        "soc", ranges: [.init(child: 0, parent: 0x2000_0000, size: .mib(1))],
        dmaRanges: [.init(child: 0, parent: 0, size: .gib(4))], dmaCoherent: true
      ) {
        VirtioMMIO(.console(ports: 2), at: 0x1000, interrupt: .spi(20, .edgeRising))
      }
      VirtioMMIO(
        .network(queuePairs: 2), at: 0x0a00_0000, interrupt: .spi(16, .edgeRising),
        features: [.ringPacked, .bit(5)], withholding: [.accessPlatform]
      )
      .memoryRegion([pool], names: ["dma"])
      .nonCoherent()
      .allowing("dma/x", because: "a test says so")
      .adding {
        Property("wakeup-source")
        Node("child") { Property("reg", 0) }
      }
      smmu
      VirtioIOMMU(at: 0x0a00_0400, interrupt: .spi(18, .edgeRising), features: [.bit(4)])
        .nonCoherent()
      VirtioMMIO(
        .entropy, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising), memoryRegion: vrings,
        backend: "every-gic", iommu: smmu, endpoint: 7)
      PCIHostBridge(
        ecam: 0x40_1000_0000, size: .mib(16), buses: 0...15, domain: 1, memoryRegion: pool,
        iommu: smmu, firstInterrupt: .spi(3, .levelHigh), msi: .map
      ) {
        Window(.io, at: 0x3eff_0000, size: .kib(64), busAddress: 0x1000)
        Window(.memory32, at: 0x1000_0000, size: .mib(256))
        Window(.memory64, at: 0x80_0000_0000, size: .gib(512), prefetchable: true)
        VirtioPCI(
          .block, slot: 1, function: 2, memoryRegion: pool, features: [.inOrder],
          withholding: [.accessPlatform]
        ).memoryRegion([pool], names: ["dma"]).labelled(Label("disk"))
        paravirtual
        VirtioPCI(
          .network(), slot: 4, memoryRegion: vrings, backend: "every-gic", iommu: paravirtual)
        PCIFunction(
          "ethernet", slot: 5, vendorID: 0x8086, deviceID: 0x10d3, classCode: 0x02_0000,
          memoryRegion: pool
        ) {
          Property("local-mac-address", bytes: [0x52, 0x54, 0, 0x12, 0x34, 0x56])
        }
        .bypassingIOMMU()
        PCIBridge(slot: 6, buses: 1...2) { VirtioPCI(.entropy, slot: 0) }
      }
      .memoryRegion([pool], names: ["dma"]).nonCoherent()
      PCIHostBridge(cam: 0x1_0000, buses: 0...0, msi: .off) {
        Window(.memory64, at: 0x90_0000_0000, size: .gib(1))
        VirtioPCI(.block, slot: 1, interrupt: .spi(4, .levelHigh))
      }
      Alias("serial0", for: uart)
      Chosen(
        bootArguments: "console=ttyAMA0", stdout: uart,
        initrd: AddressRange(at: 0x4800_0000, size: .mib(4)))
      Node("thing", at: 0xffff_ffff_ffff_f000, size: .kib(4), interrupt: .spi(40, .edgeFalling)) {
        Property("compatible", "example,thing", "example,other")
        Property("cells", 1, 2, .phandle(uart), .phandle(pool))
        Property("more", cells: [4_294_967_295])
        Property("bytes", bytes: [0, 127, 255])
        Node("inner", label: inner) { Property("other", .phandle(lane)) }
        Node("lane", unitAddress: "2,0", label: lane) { Property("other", .phandle(inner)) }
      }
      Alias("inner0", for: inner)
    }
    .adding { Property("serial-number", "1") }
    .omitting("model")
    .bootCPU(4_294_967_295)
    VirtualMachine("devices", architecture: .arm64) { devices }
    VirtualMachine("other-controller", architecture: .arm64) {
      vrings.asReserved(.noMap, at: 0x6100_0000)
      GICv2(distributor: 0x0800_0000, cpuInterface: 0x0801_0000) { GICv2M(at: 0x0802_0000) }
      VirtioMMIO(.socket, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
    }
    .allowing("dma/y", because: "another test says so")
    VirtualMachine("riscv", architecture: .riscv64) {
      CPUs(
        2, isa: "rv64imafdc_zicsr", mmuType: .sv39, timebaseFrequency: 10_000_000,
        isaExtensions: false)
      PLIC(at: 0x0c00_0000, sources: 31)
      CLINT(at: 0x0200_0000)
      VirtioMMIO(.entropy, at: 0x1000_1000, interrupt: .source(1, .levelHigh))
    }
    VirtualMachine("riscv-with-messages", architecture: .riscv64) {
      APLIC(.supervisor, at: 0x0d00_0000, sources: 31)
      IMSIC(.supervisor, at: 0x2800_0000, identities: 63, guestIndexBits: 1)
    }
    VirtualMachine("tables", architecture: .x86_64, firmware: .acpi) {
      VirtioMMIO(.entropy, at: 0xfeb0_0000, interrupt: .gsi(16, .edgeRising), acpi: .prp0001)
      ACPIDevice(
        "PRP0001", compatibleIDs: ["PNP0501"], at: 0xfeb0_1000, size: .kib(4),
        interrupt: .gsi(17, .levelLow)
      ) {
        Property("compatible", "example,thing")
        Node("inner") { Property("reg", 1) }
      }
      .nonCoherent()
      ACPIDevice("ACPI0004").named("BUS0")
    }
    VirtualMachine("every-gic", architecture: .arm64, confidential: .pKVM) {
      PKVMIOMMU(id: 4_294_967_295)
      IOMMUDomain(
        "net", of: "every-gic",
        members: [
          .stream(1, of: smmu), .stream(2, of: smmu, as: 3, of: PKVMIOMMU(id: 4_294_967_295)),
        ])
      Memory(at: 0x4000_0000, size: .gib(1)) { vrings.asReserved(.mapped) }
      GICv2(
        distributor: 0x3fff_f000, distributorSize: .kib(4), cpuInterface: 0x3fff_d000,
        virtualInterface: .init(
          control: AddressRange(at: 0x3fff_b000, size: .kib(4)),
          cpuInterface: AddressRange(at: 0x3fff_9000, size: .kib(8))),
        maintenanceInterrupt: .ppi(8, .levelHigh))
      GICv3(
        distributor: 0x0800_0000, redistributors: 0x080a_0000,
        furtherRedistributors: [AddressRange(at: 0x40_0000_0000, size: .mib(64))],
        maintenanceInterrupt: .ppi(9, .levelHigh))
    }
    VirtualMachine("channels", architecture: .s390x, confidential: .s390PV) {
      VirtioCCW(.block, deviceNumber: 0xbeef, subchannelSet: 3)
      VirtioCCW(.network(), features: [.network(.mtu)], withholding: [.version1])
    }
    VirtualMachine("power", architecture: .ppc64, confidential: .powerSVM) {
      PCIHostBridge { VirtioPCI(.block, slot: 1) }
    }
    VirtualMachine(
      "every-option",
      on: .qemuVirt(
        gic: .v3, its: false, highmem: false, virtualization: true, firmware: true), cpus: 1,
      memory: .mib(256))
    VirtualMachine(
      "crosvm", on: .crosvm(swiotlb: .mib(64), physicalAddressBits: 48), cpus: 1,
      memory: .mib(512), confidential: .pKVM)
    VirtualMachine("firecracker", on: .firecracker(pci: true), cpus: 1, memory: .mib(512))
    VirtualMachine(
      "harts",
      on: .qemuVirtRISCV64(
        interruptController: .aplicIMSIC, isa: "rv64gc", isaExtensions: false), cpus: 2,
      memory: .mib(256))
    VirtualMachine("by-preset", on: .qemuVirt(gic: .v2), cpus: 2, memory: .mib(512)) {
      VirtioMMIO(.entropy)
      VirtioIOMMU()
      SMMUv3()
      PCIHostBridge { VirtioPCI(.block, slot: 1) }
      VirtioMMIO(VirtioDevice(deviceID: 42, queues: []))
      for device in virtio { VirtioMMIO(device) }
      VirtioMMIO(
        .network(), slot: 31, features: [.network(.mtu), .ringReset],
        withholding: [.network(.mrgRxbuf)])
      VirtioMMIO(.unspecified)
    }
  }

  /// Every type with parameters of its own.
  static let virtio: [VirtioDevice] = [
    .network(mergeableReceiveBuffers: false, receiveBufferSize: .kib(4)),
    .block(segMax: 254, sizeMax: .mib(1), maximumRequest: .mib(4)), .block(segMax: 64),
    .console(ports: 2, maxNrPorts: 31), .scsi(cmdPerLUN: 4), .nineP(msize: .kib(512)),
    .gpu(scanouts: 2, width: 1920, height: 1080, framebuffers: 3),
    .socket(receiveBufferSize: .kib(64)), .sound(streams: 1), .fileSystem(maxWrite: .kib(256)),
    .balloon(statistics: true), .input, .crypto, .pmem, .memory, .iommu, .entropy.queueSize(64),
  ]

  static let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
  static let clock = FixedClock("clock-3141592", frequency: 3_141_592)
  static let test = SiFiveTest(at: 0x10_0000)

  /// Every device that is no virtio device.
  @ComponentBuilder static var devices: [Element] {
    clock
    FixedClock("clock-1", frequency: 1, outputName: "slow")
    NS16550(
      at: 0x1000_0000, interrupt: .spi(2, .levelHigh), size: .kib(4), clockFrequency: 3_686_400,
      currentSpeed: 115_200, regShift: 2, regIOWidth: 4)
    NS16550(at: 0x1001_0000, interrupt: .spi(3, .edgeRising), clock: clock)
    PL031(at: 0x0901_0000, interrupt: .spi(4, .levelHigh))
    PL031(at: 0x0902_0000)
    PL030(at: 0x2000, interrupt: .spi(5, .levelHigh), clock: clock)
    PL030(at: 0x4000, interrupt: .spi(6, .levelHigh))
    GoldfishRTC(at: 0x10_1000, interrupt: .spi(8, .levelHigh))
    MC146818(at: 0x101_0000)
    gpio
    GPIOKeys {
      GPIOKey("poweroff", code: 116, label: "Power", gpio: gpio.line(3))
      GPIOKey("restart", code: 408, gpio: gpio.line(4, activeLow: true))
    }
    GPIOPoweroff(gpio.line(0)).secureOnly()
    GPIORestart(gpio.line(1))
    test
    SysconPoweroff(regmap: test)
    SysconReboot(regmap: test, offset: 4, value: 1)
    FwCfg(at: 0x0902_1000)
    Flash(banks: [
      AddressRange(at: 0, size: .mib(64)), AddressRange(at: 0x400_0000, size: .mib(64)),
    ])
    Bus("platform", .qemuPlatform, ranges: [.init(child: 0, parent: 0xc00_0000, size: .mib(32))]) {
      TPMTIS(at: 0)
    }
    Bus("parts", .simpleMFD) { TPMTIS(at: 0x3000_0000, interrupt: .spi(9, .levelHigh)) }
    Bus("plain", .simpleBus) {}
    Bus("amba", .ambaBus) {}
    VCPUStallDetector(at: 0x3000)
    VCPUStallDetector(at: 0x5000, interrupt: .ppi(15, .levelHigh))
    GoldfishBattery(at: 0x6000, interrupt: .spi(10, .levelHigh))
    VMGenID(at: 0x7000, interrupt: .spi(11, .edgeRising))
  }
}
