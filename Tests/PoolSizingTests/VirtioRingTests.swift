import PoolSizing
import Testing

@Suite("the memory of a queue")
struct VirtioRingTests {
  @Test(
    "is what Linux asks for with pages of 4 KiB",
    arguments: [
      (16, UInt64(4230), UInt64(4), UInt64(454), UInt64(2)), (64, 4614, 4, 1734, 2),
      (128, 5126, 4, 3398, 2), (256, 10246, 6, 6726, 4), (512, 16390, 10, 13382, 8),
      (1024, 28678, 16, 26694, 14), (8192, 217_094, 108, 213_062, 106),
    ])
  func split(
    size: Int, mmioBytes: UInt64, mmioSlots: UInt64, pciBytes: UInt64, pciSlots: UInt64
  ) {
    let mmio = VirtioRing(size: size, transport: .mmio, guestPageSize: 4 << 10)
    let pci = VirtioRing(size: size, transport: .pci, guestPageSize: 4 << 10)
    #expect(mmio.bytes == mmioBytes)
    #expect(mmio.slots == mmioSlots)
    #expect(pci.bytes == pciBytes)
    #expect(pci.slots == pciSlots)
  }

  @Test("is three allocations where it is packed")
  func packed() {
    let ring = VirtioRing(size: 256, isPacked: true, transport: .mmio, guestPageSize: 4 << 10)
    #expect(ring.slots == 6)
  }

  @Test("is aligned to larger pages where the guest has them")
  func pages() {
    // 65,536 for the table and the available ring, 2,054 for the used one: two pages.
    let ring = VirtioRing(size: 256, transport: .mmio, guestPageSize: 64 << 10)
    #expect(ring.bytes == 65_536 + 6 + 8 * 256)
    #expect(ring.slots == 64)
    #expect(VirtioRing(size: 256, transport: .pci, guestPageSize: 64 << 10).slots == 32)
  }
}
