import PlatformDescription

/// A platform in which every noun, every optional part and every kind of value occurs.
enum EveryNoun {
  static let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
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
      RestrictedDMAPool(
        "dynamic", size: .mib(8), alignment: .kib(64),
        allocRanges: [AddressRange(at: 0x4000_0000, size: .mib(512))])
      ReservedMemory("movable", size: .mib(16), reusable: true)
      CPUs(1, enableMethod: nil)
      PSCI(.v02, method: .smc)
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
        .entropy, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising), iommu: smmu, endpoint: 7)
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
        VirtioPCI(.network(), slot: 4, iommu: paravirtual)
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
    VirtualMachine("other-controller", architecture: .arm64) {
      GICv2(distributor: 0x0800_0000, cpuInterface: 0x0801_0000) { GICv2M(at: 0x0802_0000) }
      VirtioMMIO(.socket, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
    }
    .allowing("dma/y", because: "another test says so")
    VirtualMachine("by-preset", on: .qemuVirt(gic: .v2), cpus: 2, memory: .mib(512)) {
      VirtioMMIO(.entropy)
      VirtioIOMMU()
      SMMUv3()
      PCIHostBridge { VirtioPCI(.block, slot: 1) }
      VirtioMMIO(VirtioDevice(deviceID: 42, queues: []))
    }
  }
}
