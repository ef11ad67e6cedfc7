import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("the place of a computed pool")
struct PoolPlaceTests {
  private let bounce = RestrictedDMAPool("bounce", at: .computed, size: .mib(8))

  @Test("is the highest in memory, of which the last 4 MiB stay free")
  func top() throws {
    let pool = try #require(computedPools { bounce }.first)
    #expect(pool.range == AddressRange(at: 0x7f40_0000, size: .mib(8)))
    #expect(pool.path == "/reserved-memory/bounce@7f400000")
    #expect(pool.sizing == nil)
    #expect(pool.place?.below == nil)
    #expect(pool.place?.endsAt4GiB == false)
    #expect(pool.place?.memory == AddressRange(at: 0x4000_0000, size: .gib(1)))
  }

  @Test("is written into the tree as a stated one would be")
  func tree() throws {
    func tree(_ pool: RestrictedDMAPool) throws -> Tree {
      let lowering = Lowering(
        Platform("p") {
          VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
            pool
            VirtioMMIO(.block, memoryRegion: pool)
          }
        })
      return try #require(lowering.machines.first, "\(lowering.mistakes)").tree
    }
    let stated = RestrictedDMAPool("bounce", at: 0x7fa0_0000, size: .mib(2))
    #expect(try tree(RestrictedDMAPool("bounce", size: .computed)) == tree(stated))
    #expect(
      try tree(RestrictedDMAPool("bounce", at: 0x7fa0_0000, size: .computed)) == tree(stated))
  }

  @Test("of each of several is below the one before it")
  func several() {
    let pools = computedPools {
      bounce
      RestrictedDMAPool("odd", at: .computed, size: .kib(12))
      RestrictedDMAPool("last", at: .computed, size: .mib(4))
    }
    #expect(pools.map(\.range.at) == [0x7f40_0000, 0x7f20_0000, 0x7ee0_0000])
    #expect(pools.map { $0.place?.below } == [nil, "bounce@7f400000", "odd@7f200000"])
  }

  @Test("stays below what it is told to stay free of")
  func obstacles() throws {
    let memory = 0x7f00_0000 as GuestAddress
    let obstacles: [(what: String, elements: [Element])] = [
      (
        "other@7f000000", [RestrictedDMAPool("other", at: memory, size: .mib(16)).element]
      ),
      ("firmware@7f000000", [ReservedMemory("firmware", at: memory, size: .mib(16)).element]),
      ("heap@7f000000", [SharedDMAPool("heap", at: memory, size: .mib(16)).element]),
      (
        "a memory reservation",
        [PlatformDescription.MemoryReservation(at: memory, size: .mib(16)).element]
      ),
      (
        "the initial RAM disk",
        [Chosen(initrd: AddressRange(at: memory, size: .mib(16))).element]
      ),
      ("shared@7f000000", [PlatformDescription.Node("shared", at: memory, size: .mib(16)).element]),
      (
        "framebuffer@7f000000",
        [
          Chosen().adding {
            Node("framebuffer", at: memory, size: .mib(16)) {
              Property("compatible", "simple-framebuffer")
            }
          }.element
        ]
      ),
      (
        "window@0",
        [
          Bus("soc", ranges: [.init(child: 0, parent: memory, size: .mib(16))]) {
            Node("window", at: 0, size: .mib(16))
          }.element
        ]
      ),
    ]
    for (what, elements) in obstacles {
      let pool = try #require(
        computedPools {
          bounce; elements
        }.first)
      #expect(pool.range.at == 0x7e80_0000, "\(what)")
      #expect(pool.place?.below == what)
    }
  }

  @Test("goes around the windows of a PCI host")
  func windows() throws {
    let pool = try #require(
      computedPools {
        bounce
        PCIHostBridge(ecam: 0x7f00_0000, buses: 0...0) {
          Window(.memory32, at: 0x7e00_0000, size: .mib(16))
        }
      }.first)
    // Between the configuration space and the end there is room for it.
    #expect(pool.range.at == 0x7f40_0000)
    let large = RestrictedDMAPool("bounce", at: .computed, size: .mib(12))
    let below = try #require(
      computedPools {
        large
        PCIHostBridge(ecam: 0x7f00_0000, buses: 0...0) {
          Window(.memory32, at: 0x7e00_0000, size: .mib(16))
        }
      }.first)
    #expect(below.range.at == 0x7d40_0000)
    #expect(below.place?.below == "pcie@7e000000")
  }

  @Test("goes around a pool that is only sized")
  func sizedOnly() {
    let sized = RestrictedDMAPool("sized", at: 0x7f40_0000, size: .computed)
    let pools = computedPools {
      bounce
      sized
      VirtioMMIO(.block, memoryRegion: sized)
    }

    #expect(pools[1].range == AddressRange(at: 0x7f40_0000, size: .mib(2)))
    #expect(pools[1].place == nil)
    #expect(pools[0].range.at == 0x7ec0_0000)
  }

  private func machine(
    _ memory: [AddressRange], _ pools: [RestrictedDMAPool]
  ) -> VirtualMachine {
    VirtualMachine("guest", architecture: .arm64) {
      for range in memory { Memory(at: range.at, size: range.size) }
      pools
    }
  }

  @Test("is below 4 GiB where memory reaches there")
  func fourGiB() throws {
    let across = AddressRange(at: 0x8000_0000, size: .gib(8))
    let pool = try #require(computedPools(machine([across], [bounce])).first)
    #expect(pool.range.at == 0xff80_0000)
    #expect(pool.place?.endsAt4GiB == true)
    let above = AddressRange(at: 0x1_0000_0000, size: .gib(1))
    let high = try #require(computedPools(machine([above], [bounce])).first)
    #expect(high.range.at == 0x1_3f40_0000)
    let reserved = RestrictedDMAPool("rest", at: 0x8000_0000, size: .gib(2))
    let pushed = try #require(computedPools(machine([across], [bounce, reserved])).first)
    #expect(pushed.range.at == 0x2_7f40_0000)
  }

  @Test("is in the lowest memory that has room, neighbours counting as one")
  func banks() throws {
    let low = AddressRange(at: 0x4000_0000, size: .mib(128))
    let next = AddressRange(at: 0x4800_0000, size: .mib(128))
    let apart = AddressRange(at: 0x8000_0000, size: .mib(256))
    func at(_ memory: [AddressRange], _ size: ByteCount) -> GuestAddress? {
      computedPools(
        machine(memory, [RestrictedDMAPool("bounce", at: .computed, size: size)])
      ).first?.range.at
    }
    #expect(at([apart, low], .mib(8)) == 0x4740_0000)
    #expect(at([apart, next, low], .mib(8)) == 0x4f40_0000)
    #expect(at([apart, low], .mib(64)) == 0x8bc0_0000)
  }

  @Test("is in the memory whose braces the pool stands in")
  func braces() throws {
    func machine(_ size: ByteCount) -> VirtualMachine {
      let pool = RestrictedDMAPool("bounce", at: .computed, size: size)
      return VirtualMachine("guest", architecture: .arm64) {
        Memory(at: 0x4000_0000, size: .mib(256))
        Memory(at: 0x5000_0000, size: .mib(128)) { pool }
        Memory(at: 0x5800_0000, size: .mib(128))
      }
    }
    let pool = try #require(computedPools(machine(.mib(8))).first)
    #expect(pool.range.at == 0x5780_0000)
    #expect(pool.place?.below == "the end of memory@50000000")
    let mistakes = Lowering(Platform("p") { machine(.mib(130)) }).mistakes
    #expect(
      mistakes.map(\.message) == [
        "'bounce' takes 130 MiB, and the largest hole in memory@50000000 has 128 MiB, at 0x50000000"
      ])
  }

  @Test("is left to be found until the machine goes with its base")
  func wrongBase() {
    let machine = VirtualMachine("guest", architecture: .arm64) { bounce }
    var base = Tree(root: DeviceTree.Node(""))
    base.root["#address-cells"] = .u32(1)
    base.root["#size-cells"] = .u32(1)
    let lowering = Lowering(Platform("p") { machine }, bases: ["guest": base])
    #expect(lowering.mistakes.map(\.id) == ["description/base-cells", "description/base-cells"])
  }

  @Test("goes around the device tree where a VMM is known to load it")
  func presets() throws {
    func at(_ machine: Machine, _ memory: ByteCount) -> GuestAddress? {
      computedPools(
        VirtualMachine("guest", on: machine, cpus: 1, memory: memory) { bounce }
      ).first?.range.at
    }
    #expect(at(.kvmtool(), .mib(256)) == 0x8f40_0000)
    // The tree is below 256 MiB of it, the last 4 MiB stay free all the same.
    #expect(at(.kvmtool(), .mib(260)) == 0x8f40_0000)
    #expect(at(.kvmtool(), .gib(1)) == 0xbf40_0000)
    #expect(at(.qemuVirtRISCV64(), .mib(1028)) == 0xbf40_0000)
    #expect(at(.qemuVirtRISCV64(), .gib(4)) == 0xff80_0000)
    #expect(at(.firecracker(), .mib(512)) == 0x9f40_0000)
    #expect(at(.crosvm(), .mib(512)) == 0x9f40_0000)
    #expect(at(.cloudHypervisor(), .gib(8)) == 0xfb40_0000)
  }

  @Test("counts the memory and the reservations of the tree that the machine goes onto")
  func base() throws {
    let machine = VirtualMachine("guest", architecture: .arm64) { bounce }
    var base = Tree(root: DeviceTree.Node(""))
    base.root["#address-cells"] = .u32(2)
    base.root["#size-cells"] = .u32(2)
    base.root.children = [
      DeviceTree.Node(
        "memory", at: 0x4000_0000,
        properties: [
          .init("device_type", .string("memory")),
          .init("reg", .cells([0, 0x4000_0000, 0, 0x1000_0000])),
        ]),
      DeviceTree.Node(
        "reserved-memory",
        properties: [
          .init("#address-cells", .u32(2)), .init("#size-cells", .u32(2)), .init("ranges", .empty),
        ],
        children: [
          DeviceTree.Node(
            "secure", at: 0x4e00_0000,
            properties: [.init("reg", .cells([0, 0x4e00_0000, 0, 0x200_0000]))])
        ]),
    ]
    base.memoryReservations = [.init(address: 0x4c00_0000, size: 0x200_0000)]
    let platform = Platform("p") { machine }
    #expect(Lowering(platform).mistakes.map(\.id) == ["description/no-room"])
    let lowering = Lowering(platform, bases: ["guest": base])
    let lowered = try #require(lowering.machines.first, "\(lowering.mistakes)")
    #expect(lowered.pools.first?.range.at == 0x4b80_0000)
    #expect(lowered.pools.first?.place?.below == "a memory reservation")
    let based = BasedMachine(lowered, onto: base, preset: nil)
    #expect(based.mistakes.isEmpty)
    #expect(based.machine?.pools.first?.path == "/reserved-memory/bounce@4b800000")
  }

  @Test("is the same whenever it is computed")
  func deterministic() {
    func pools() -> [ComputedPool] {
      computedPools {
        bounce
        RestrictedDMAPool("second", at: .computed, size: .mib(4))
        ReservedMemory("firmware", at: 0x7000_0000, size: .mib(16))
      }
    }
    let first = pools()
    for _ in 0..<5 { #expect(pools() == first) }
  }
}
