import PlatformDescription
import PlatformLowering
import PoolSizing
import Testing

@Suite("what devices take of a pool")
struct DemandTests {
  private static func device(_ deviceID: Int, _ queues: Int) -> VirtioDevice {
    VirtioDevice(deviceID: deviceID, queues: (0..<queues).map { Virtqueue("q\($0)", size: 64) })
  }

  private static let measured: [(device: VirtioDevice, slots: UInt64)] = [
    (VirtioDevice.block, 16),
    (VirtioDevice.entropy, 16),
    (device(18, 2), 96),
    (VirtioDevice.console(ports: 1), 2080),
    (VirtioDevice.network(), 1072),
    (device(16, 2), 2032),
  ]

  /// What booted guests took with QEMU's virtio-mmio, which offers 1024 for every queue.
  @Test("resting devices take what was measured", arguments: measured)
  func atRest(device: VirtioDevice, slots: UInt64) {
    let demand = device.demand(transport: .mmio, leastQueueSize: 1024)
    #expect(demand.atRest == slots)
  }

  @Test("a block device alone needs 1.5 MiB to get on, and gets at least 2 MiB")
  func block() {
    let demand = PoolDemand([VirtioDevice.block.demand(transport: .mmio)])
    #expect(demand.floor >= 3 << 19)
    #expect(demand.floor < 2 << 20)
    #expect(demand.recommended == 2 << 20)
  }

  @Test("a pool has the sum of what rests in it, and a need for progress once")
  func sum() {
    let disk = VirtioDevice.block.demand(transport: .mmio)
    let one = PoolDemand([disk])
    let two = PoolDemand([disk, disk])
    #expect(two.floor - one.floor == disk.atRest * Bounce.slot)
    #expect(two.recommended > one.recommended)
    #expect(PoolDemand([]).recommended == 2 << 20)
  }

  @Test("larger pages cost more where buffers are pages")
  func pages() {
    let console = VirtioDevice.console(ports: 2)
    let small = console.demand(transport: .mmio, guestPageSize: .kib(4))
    let large = console.demand(transport: .mmio, guestPageSize: .kib(64))
    #expect(large.resting == 16 * small.resting)
    #expect(large.rings > small.rings)
  }
}
