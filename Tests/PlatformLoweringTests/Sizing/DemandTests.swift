import PlatformDescription
import PlatformLowering
import Testing

@Suite("what devices take of a pool")
struct DemandTests {
  @Test(
    "rings are as large as Linux makes them with pages of 4 KiB",
    arguments: [
      (16, UInt64(4230), UInt64(4), UInt64(454), UInt64(2)), (64, 4614, 4, 1734, 2),
      (128, 5126, 4, 3398, 2), (256, 10246, 6, 6726, 4), (512, 16390, 10, 13382, 8),
      (1024, 28678, 16, 26694, 14), (8192, 217_094, 108, 213_062, 106),
    ])
  func rings(
    size: Int, mmioBytes: UInt64, mmioSlots: UInt64, pciBytes: UInt64, pciSlots: UInt64
  ) {
    let mmio = VirtioRing(size: size, transport: .mmio, guestPageSize: .kib(4))
    let pci = VirtioRing(size: size, transport: .pci, guestPageSize: .kib(4))
    #expect(mmio.bytes == mmioBytes)
    #expect(mmio.slots == mmioSlots)
    #expect(pci.bytes == pciBytes)
    #expect(pci.slots == pciSlots)
  }

  @Test("packed rings are three allocations")
  func packed() {
    let ring = VirtioRing(size: 256, isPacked: true, transport: .mmio, guestPageSize: .kib(4))
    #expect(ring.slots == 6)
  }

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
    let demand = device.demand(of: "d", transport: .mmio, leastQueueSize: 1024)
    #expect(demand.atRest == slots)
  }

  @Test("a block device alone needs 1.5 MiB to get on, and gets at least 2 MiB")
  func block() {
    let demand = PoolDemand([VirtioDevice.block.demand(of: "d", transport: .mmio)])
    #expect(demand.floor >= 3 << 19)
    #expect(demand.floor < 2 << 20)
    #expect(demand.recommended == 2 << 20)
  }

  @Test("a pool has the sum of what rests in it, and a need for progress once")
  func sum() {
    let disk = VirtioDevice.block.demand(of: "a", transport: .mmio)
    let one = PoolDemand([disk])
    let two = PoolDemand([disk, disk])
    #expect(two.floor - one.floor == disk.atRest * Bounce.slot)
    #expect(two.recommended > one.recommended)
    #expect(PoolDemand([]).recommended == 2 << 20)
  }

  @Test("larger pages cost more where buffers are pages")
  func pages() {
    let console = VirtioDevice.console(ports: 2)
    let small = console.demand(of: "d", transport: .mmio, guestPageSize: .kib(4))
    let large = console.demand(of: "d", transport: .mmio, guestPageSize: .kib(64))
    #expect(large.resting == 16 * small.resting)
    #expect(large.rings > small.rings)
  }

  @Test("the largest pool is that of one table of slots")
  func largest() {
    #expect(Bounce.maximumSlots(guestPageSize: .kib(4)) * Bounce.slot == 357_912_576)
  }

  @Test("sizes that no queue has don't trap")
  func hostile() {
    let device = VirtioDevice(
      deviceID: 26, queues: [.init("a", size: .max), .init("b", size: .min)])
    #expect(device.demand(of: "d", transport: .pci).rings > 0)
  }
}
