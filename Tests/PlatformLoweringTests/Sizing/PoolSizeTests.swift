import PlatformDescription
import PlatformLowering
import PoolSizing
import Testing

@Suite("the size of a computed pool")
struct PoolSizeTests {
  private let bounce = RestrictedDMAPool("bounce", size: .computed)

  private func users(
    memory: ByteCount = .gib(1), @ComponentBuilder _ elements: () -> [Element]
  ) -> [ComputedPool.User] {
    computedPools(memory: memory, elements).first?.sizing?.users ?? []
  }

  @Test("is the sum of what its devices take, with QEMU's queues of 1024")
  func sum() throws {
    let pool = try #require(
      computedPools {
        bounce
        VirtioMMIO(.block, memoryRegion: bounce)
        VirtioMMIO(.network(), memoryRegion: bounce)
        VirtioMMIO(.console())
      }.first)
    let sizing = try #require(pool.sizing)
    #expect(sizing.leastQueueSize == 1024)
    #expect(sizing.users.map(\.deviceID) == [2, 1])
    #expect(sizing.users.map(\.path) == ["/virtio_mmio@a000000", "/virtio_mmio@a000200"])
    #expect(sizing.users.map(\.demand.rings) == [16, 48])
    #expect(sizing.users.map(\.demand.resting) == [0, 1024])
    // A disk's largest request and a segment; buffers that grow to a page, and what is sent.
    #expect(sizing.users.map(\.demand.working) == [768, 1024 + 256 + 64])
    #expect(sizing.demand.sum == (16 + 48 + 1024 + 768 + 1344) * 2048)
    #expect(pool.range.size.bytes == sizing.demand.recommended)
    #expect(pool.range.size == .mib(8))
  }

  @Test("takes the queues as they are described where nothing is known of the VMM")
  func writtenOut() throws {
    let pool = try #require(
      computedPools(
        VirtualMachine("guest", architecture: .arm64) {
          Memory(at: 0x4000_0000, size: .mib(256)) { bounce }
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          VirtioMMIO(
            .entropy.queueSize(64), at: 0x0a00_0000, interrupt: .spi(16, .edgeRising),
            memoryRegion: bounce)
        }
      ).first)
    #expect(pool.sizing?.leastQueueSize == 0)
    #expect(pool.sizing?.users.first?.demand.rings == 4)
    #expect(pool.range.size == .mib(2))
  }

  @Test("depends on the guest's pages")
  func pages() throws {
    func size(_ size: ComputedSize) throws -> ByteCount {
      let pool = RestrictedDMAPool("bounce", size: size)
      return try #require(
        computedPools {
          pool
          VirtioMMIO(.console(), memoryRegion: pool)
        }.first?.range.size)
    }
    #expect(try size(.computed(guestPageSize: .kib(4))) == size(.computed))
    #expect(try size(.computed) == .mib(6))
    // 1024 pages of 64 KiB, 16 more, and two rings of two pages: a quarter more is 80.9 MiB.
    #expect(try size(.computed(guestPageSize: .kib(64))) == .mib(82))
  }

  @Test("counts the functions behind a PCI host, and not those that have a pool of their own")
  func functions() throws {
    let own = RestrictedDMAPool("own", size: .computed)
    let heap = SharedDMAPool("heap", at: 0x5000_0000, size: .mib(8))
    let pools = computedPools {
      bounce
      own
      heap
      PCIHostBridge(memoryRegion: bounce) {
        VirtioPCI(.block, slot: 1)
        PCIFunction("ethernet", slot: 2, vendorID: 0x8086, deviceID: 0x10d3)
        PCIBridge(slot: 3, buses: 1...1) { VirtioPCI(.entropy, slot: 0) }
        VirtioPCI(.network(), slot: 4, memoryRegion: own)
        VirtioPCI(.console(), slot: 5, memoryRegion: heap)
      }
    }
    let users = try #require(pools.first?.sizing?.users)
    #expect(users.map { $0.pciAddress?.description } == ["0000:00:01.0", "0000:01:00.0", nil])
    #expect(users.map(\.deviceID) == [2, 4, nil])
    #expect(users[2].path.hasSuffix("/ethernet@2,0"))
    #expect(users[2].demand == .unknown)
    // Behind PCI a queue has the size that the device asks for.
    #expect(users[0].demand.rings == 4)
    #expect(pools.map { $0.sizing?.users.count } == [3, 1])
    #expect(pools.last?.sizing?.users.first?.pciAddress?.description == "0000:00:04.0")
  }

  @Test("has room for a disk where nothing is on the bus yet")
  func emptyBus() throws {
    let users = users {
      bounce
      PCIHostBridge(memoryRegion: bounce) {}
    }
    #expect(users.map(\.demand) == [.unknown])
    #expect(users.first?.deviceID == nil)
  }

  @Test("counts a device once, for the first pool that it names")
  func severalRegions() {
    let heap = SharedDMAPool("heap", at: 0x5000_0000, size: .mib(8))
    let second = RestrictedDMAPool("second", size: .computed)
    let pools = computedPools {
      heap
      bounce
      second
      VirtioMMIO(.block).memoryRegion([heap, bounce, second], names: ["a", "b", "c"])
      VirtioMMIO(.entropy, memoryRegion: second)
    }
    #expect(pools.map { $0.sizing?.users.map(\.deviceID) } == [[2], [4]])
  }

  @Test("counts what is spelled out and refers to the pool by its label")
  func rawNodes() {
    let label = Label("pool")
    let users = users {
      bounce.labelled(label)
      Node("accelerator", at: 0x0b00_0000, size: .kib(4)) {
        Property("memory-region", .phandle(label))
      }
    }
    #expect(users.map(\.path) == ["/accelerator@b000000"])
    #expect(users.map(\.demand) == [.unknown])
  }

  @Test("follows what is said of a device: ports, framebuffers, requests")
  func parameters() throws {
    func size(_ device: VirtioDevice) throws -> UInt64 {
      try #require(
        users {
          bounce
          VirtioMMIO(device, memoryRegion: bounce)
        }.first?.demand.atRest)
    }
    #expect(try size(.console(ports: 1, maxNrPorts: 31)) == 5120)
    #expect(try size(.console(ports: 2, maxNrPorts: 31)) == 5120 + 2048)
    #expect(try size(.gpu(framebuffers: 2)) == 32 + 4000)
    #expect(try size(.gpu(scanouts: 2, width: 1920, height: 1080, framebuffers: 1)) == 32 + 8100)
  }

  @Test("leaves a pool without what is computed as it was")
  func stated() {
    let stated = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    #expect(
      computedPools {
        stated
        VirtioMMIO(.block, memoryRegion: stated)
      }.isEmpty)
  }
}
