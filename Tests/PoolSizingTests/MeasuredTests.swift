import PoolSizing
import Testing

/// What a guest's kernel counted, with pages of 4 KiB: Linux 6.12 under QEMU, `io_tlb_used` with nothing under way.
@Suite("what was measured in guests")
struct MeasuredTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var use: VirtioUse
    var slots: UInt64
    /// By how much the guest's count may be less: a driver fills its queue when it can.
    var slack: UInt64 = 0

    init(
      _ name: String, _ deviceID: Int, _ queues: [Int], _ features: [Int] = [],
      on transport: VirtioTransport = .mmio, buffers: VirtioBuffers = VirtioBuffers(),
      slots: UInt64, slack: UInt64 = 0
    ) {
      testDescription = name
      use = VirtioUse(
        deviceID: deviceID, queueSizes: queues, featureBits: features, transport: transport,
        buffers: buffers)
      self.slots = slots
      self.slack = slack
    }
  }

  private static func queues(_ count: Int) -> [Int] { Array(repeating: 1024, count: count) }

  /// QEMU offers 1024 descriptors for every queue behind virtio-mmio.
  static let cases = [
    Case("a disk", 2, queues(1), slots: 16),
    Case("a disk on PCI, two queues", 2, [256, 256], on: .pci, slots: 8),
    Case("an entropy source", 4, queues(1), slots: 16),
    Case("an input device", 18, queues(2), slots: 96),
    Case("a console of 31 ports, one of them open", 3, queues(64), [1], slots: 5120),
    Case("a console of one port", 3, queues(2), slots: 2080),
    Case("a network device that is up", 1, queues(3), slots: 1071, slack: 1),
    Case(
      "a GPU that shows 1280 × 800", 16, queues(2), buffers: VirtioBuffers(kept: 1280 * 800 * 4),
      slots: 2032),
  ]

  @Test("is what is predicted", arguments: cases)
  func resting(_ measured: Case) {
    let predicted = measured.use.demand().atRest
    #expect(predicted >= measured.slots)
    #expect(predicted <= measured.slots + measured.slack)
  }

  @Test("a disk hangs with 1.25 MiB, and gets on with 1.5 MiB at the least")
  func progress() {
    let demand = VirtioUse(deviceID: 2, queueSizes: [1024], transport: .mmio).demand()
    #expect(demand.progress * Bounce.slot == 3 << 19)
    #expect(PoolDemand([demand]).floor > 5 << 18)
  }

  @Test("the worst case is never less than what is usual", arguments: 0...30)
  func worst(type: Int) {
    for queues in [[], [16], [256, 256], Self.queues(64)] {
      for page in Bounce.guestPageSizes {
        for transport in [VirtioTransport.mmio, .pci] {
          let use = VirtioUse(deviceID: type, queueSizes: queues, transport: transport)
          let demand = use.demand(guestPageSize: page)
          #expect(use.worst(guestPageSize: page) >= demand.atRest + demand.working)
        }
      }
    }
    let disk = VirtioUse(deviceID: 2, queueSizes: [256], transport: .mmio)
    // Each of 256 requests of 1280 KiB, a header and a status, and the ring of 12 KiB.
    #expect(disk.worst() == 256 * (640 + 2) + 6)
    let hostile = VirtioUse(
      deviceID: type, queueSizes: Array(repeating: .max, count: 300), transport: .mmio,
      buffers: VirtioBuffers(receiveBuffer: .max, largestRequest: .max, kept: .max))
    #expect(hostile.worst(guestPageSize: .max, leastQueueSize: .max) > 0)
  }

  @Test("a count leaves a quarter, in whole units")
  func counts() {
    #expect(PoolDemand.recommended(highWater: 0) == 2 << 20)
    #expect(PoolDemand.recommended(highWater: 819) == 2 << 20)
    #expect(PoolDemand.recommended(highWater: 820) == 4 << 20)
    #expect(PoolDemand.recommended(highWater: .max) % Bounce.unit == 0)
  }
}
