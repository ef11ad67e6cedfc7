import PoolSizing
import Testing

@Suite("what the devices of a pool take")
struct PoolDemandTests {
  private static let disk = VirtioUse(deviceID: 2, queueSizes: [256], transport: .mmio).demand()

  @Test("is the sum of what rests in it, and a need for progress once")
  func sum() {
    let (one, two) = (PoolDemand([Self.disk]), PoolDemand([Self.disk, Self.disk]))
    #expect(two.floor - one.floor == Self.disk.atRest * Bounce.slot)
    #expect(two.sum == 2 * one.sum)
    #expect(two.recommended > one.recommended)
  }

  @Test("makes 2 MiB for a disk, and never less")
  func least() {
    #expect(PoolDemand([Self.disk]).floor >= 3 << 19)
    #expect(PoolDemand([Self.disk]).recommended == 2 << 20)
    #expect(PoolDemand([]).recommended == 2 << 20)
    let entropy = VirtioUse(deviceID: 4, queueSizes: [8], transport: .pci).demand()
    #expect(PoolDemand([entropy]).recommended == 2 << 20)
  }

  @Test("adds up to the size, line by line", arguments: [1, 2, 5, 17, 300])
  func lines(count: Int) {
    let demand = PoolDemand(Array(repeating: Self.disk, count: count))
    #expect(demand.sum == UInt64(count) * (Self.disk.atRest + Self.disk.working) * Bounce.slot)
    #expect(demand.gaps * 4 >= demand.sum)
    let rounding = demand.recommended - demand.sum - demand.gaps
    #expect(rounding < Bounce.unit)
    #expect(demand.recommended % Bounce.unit == 0)
    #expect(demand.recommended >= demand.floor)
  }

  /// What a console keeps, with the figures of TABLE B: pages of 4 KiB, 1024 descriptors.
  @Test("counts the ports of a console that are opened, and its control queue")
  func console() {
    var console = VirtioUse(
      deviceID: 3, queueSizes: Array(repeating: 1024, count: 64), featureBits: [1],
      transport: .mmio)
    #expect(console.demand().atRest == 5120)
    console.buffers = VirtioBuffers(openPorts: 2)
    #expect(console.demand().atRest == 5120 + 2048)
    console.buffers = VirtioBuffers(openPorts: .max)
    #expect(console.demand().atRest == 64 * 16 + 32 * 2048)
    console.featureBits = []
    #expect(console.demand().resting == 2048)
  }

  @Test("depends on what a device is told to carry")
  func buffers() {
    func demand(_ type: Int, _ queues: [Int], _ buffers: VirtioBuffers) -> DeviceDemand {
      VirtioUse(deviceID: type, queueSizes: queues, transport: .pci, buffers: buffers).demand()
    }
    let large = VirtioBuffers(largestRequest: 4 << 20)
    #expect(demand(2, [256], large).progress == 17 * 128)
    #expect(demand(9, [128], large).progress > demand(9, [128], .init()).progress)
    #expect(demand(16, [64, 16], .init(kept: 1280 * 800 * 4)).resting == 2000)
    #expect(demand(19, [128, 128, 128], .init(receiveBuffer: 64 << 10)).resting == 32 * 128 + 8)
    #expect(demand(25, [64, 64, 64, 64], .init(streaming: 2 << 20)).working == 1024)
    #expect(demand(26, [128, 1024], .init(largestRequest: 64 << 10)).progress == 32 + 4)
    #expect(demand(26, [128, 16], .init()).progress == 12 * 2 + 4)
  }

  @Test("the largest pool is that of one table of slots")
  func largest() {
    #expect(Bounce.maximumSlots(guestPageSize: 4 << 10) * Bounce.slot == 357_912_576)
    #expect(Bounce.maximumSlots(guestPageSize: 16 << 10) == (32 << 20) / 24)
    #expect(Bounce.maximumSlots(guestPageSize: 64 << 10) == (512 << 20) / 24)
  }

  @Test("numbers that no device has don't trap")
  func hostile() {
    let everything = VirtioBuffers(
      receiveBuffer: .max, openPorts: .max, largestRequest: .max, kept: .max, streaming: .max)
    for type in -1...30 {
      for sizes in [[], [.max], [.min, .max], Array(repeating: Int.max, count: 500)] {
        for page in [0, 4 << 10, UInt64.max] {
          let demand = VirtioUse(
            deviceID: type, queueSizes: sizes, featureBits: [.max, 1, 34], transport: .mmio,
            buffers: everything
          ).demand(guestPageSize: page, leastQueueSize: .max)
          let pool = PoolDemand(Array(repeating: demand, count: 50))
          #expect(pool.recommended >= pool.floor)
          #expect(pool.recommended % Bounce.unit == 0)
        }
      }
    }
    #expect(Bounce.slots(.max) == 1 << 53)
    #expect(Bounce.maximumSlots(guestPageSize: .max) > 0)
  }
}
