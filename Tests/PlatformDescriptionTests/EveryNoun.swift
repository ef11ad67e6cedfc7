import PlatformDescription

/// A platform in which every noun, every optional part and every kind of value occurs.
enum EveryNoun {
  static let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
  static let uart = PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh))

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
      ReservedMemory("movable", size: .mib(16), reusable: true)
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
    VirtualMachine("other-controller", architecture: .arm64) {
      GICv2(distributor: 0x0800_0000, cpuInterface: 0x0801_0000) { GICv2M(at: 0x0802_0000) }
      VirtioMMIO(.socket, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
    }
    .allowing("dma/y", because: "another test says so")
    VirtualMachine("by-preset", on: .qemuVirt(gic: .v2), cpus: 2, memory: .mib(512)) {
      VirtioMMIO(.entropy)
      VirtioMMIO(VirtioDevice(deviceID: 42, queues: []))
      VirtioMMIO(.unspecified)
    }
  }
}
