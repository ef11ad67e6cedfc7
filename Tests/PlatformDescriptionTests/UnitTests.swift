import PlatformDescription
import Testing

@Suite("units")
struct UnitTests {
  @Test(
    "sizes read in the largest unit that leaves no fraction",
    arguments: [
      (ByteCount.bytes(0), "0 bytes"), (.bytes(1), "1 byte"), (.bytes(1023), "1023 bytes"),
      (.kib(1), "1 KiB"), (.kib(1536), "1536 KiB"), (.mib(8), "8 MiB"), (.gib(2), "2 GiB"),
    ])
  func sizes(size: ByteCount, text: String) {
    #expect(size.description == text)
  }

  @Test("arithmetic that leaves 64 bits stops at the end and never traps")
  func saturation() {
    #expect((GuestAddress(.max) + 1).value == .max)
    #expect((GuestAddress(0) + -1).value == 0)
    #expect((GuestAddress(1) + Int.min).value == 0)
    #expect((GuestAddress(.max) + ByteCount.gib(1)).value == .max)
    #expect(ByteCount.gib(.max).bytes == .max)
    #expect((ByteCount.bytes(.max) + .bytes(1)).bytes == .max)
    #expect((ByteCount.gib(1 << 40) * Int.max).bytes == .max)
    #expect((ByteCount.mib(1) * -1).bytes == 0)
    #expect((Interrupt.spi(.max, .levelHigh) + 1).number == .max)
  }

  @Test("slots follow each other, each with its interrupt")
  func slots() {
    let slots = MMIOSlots(at: 0xa00_0000, count: 3, firstInterrupt: .spi(16, .edgeRising))
    #expect(slots.map(\.address) == [0xa00_0000, 0xa00_0200, 0xa00_0400])
    #expect(slots.map(\.interrupt.number) == [16, 17, 18])
    #expect(MMIOSlots(at: 0, count: -1, firstInterrupt: .spi(0, .edgeRising)).isEmpty)
  }

  @Test("devices have the queues that the standard gives them")
  func queues() {
    #expect(VirtioDevice.block.queues.map(\.name) == ["requestq"])
    #expect(VirtioDevice.block(queues: 2).queues.map(\.name) == ["requestq1", "requestq2"])
    #expect(VirtioDevice.network(queuePairs: 2).queues.count == 5)
    #expect(VirtioDevice.console(ports: 1).queues.count == 2)
    #expect(VirtioDevice.console(ports: 3).queues.count == 8)
    #expect(VirtioDevice.block(queues: -1).queues.isEmpty)
  }
}
