import Foundation
import PlatformDescription
import PlatformLowering
import Testing

@Suite("mistakes about computed pools")
struct PoolMistakeTests {
  private let bounce = RestrictedDMAPool("bounce", size: .computed)

  @Test("a pool that no device uses has nothing to be computed from")
  func unused() {
    let line = #line + 1
    let pool = RestrictedDMAPool("bounce", size: .computed)
    let mistakes = computedPoolMistakes {
      pool
      VirtioMMIO(.block)
    }
    #expect(mistakes.map(\.id) == ["description/nothing-to-compute"])
    #expect(
      mistakes.first?.message
        == "no device uses 'bounce', so nothing says how large it has to be")
    #expect(mistakes.first?.location?.line == line)
  }

  @Test(
    "pages that no guest has",
    arguments: [ByteCount.bytes(0), .kib(8), .mib(2), .bytes(4097), .bytes(.max)])
  func pages(size: ByteCount) {
    let pool = RestrictedDMAPool("bounce", size: .computed(guestPageSize: size))
    let mistakes = computedPoolMistakes {
      pool
      VirtioMMIO(.block, memoryRegion: pool)
    }
    #expect(mistakes.map(\.id) == ["description/no-such-page-size"])
    #expect(
      mistakes.first?.message == "a guest of arm64 has pages of 4, 16 or 64 KiB, not of \(size)")
  }

  @Test("large pages on riscv64")
  func riscv() {
    let pool = RestrictedDMAPool("bounce", size: .computed(guestPageSize: .kib(64)))
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: .qemuVirtRISCV64(), cpus: 1, memory: .gib(1)) {
          pool
          VirtioMMIO(.block, memoryRegion: pool)
        }
      })
    #expect(
      lowering.mistakes.map(\.message) == [
        "a guest of riscv64 has pages of 4 KiB, not of 64 KiB"
      ])
  }

  @Test("devices that take more than one pool can have")
  func beyondTable() {
    let mistakes = computedPoolMistakes(memory: .gib(4)) {
      bounce
      VirtioMMIO(
        .gpu(scanouts: 16, width: 1920, height: 1080, framebuffers: 4), memoryRegion: bounce)
    }
    #expect(mistakes.map(\.id) == ["description/pool-beyond-table"])
    #expect(
      mistakes.first?.message
        == "the devices of 'bounce' take 634 MiB, and a pool has at most 340 MiB where the guest's "
        + "pages have 4 KiB")
  }

  @Test("no room, with the largest hole that there is")
  func noRoom() {
    let pool = RestrictedDMAPool("bounce", at: .computed, size: .mib(16))
    let mistakes = computedPoolMistakes(memory: .mib(128)) {
      pool
      ReservedMemory("firmware", at: 0x4200_0000, size: .mib(84))
    }
    #expect(mistakes.map(\.id) == ["description/no-room"])
    // From 0x47400000, behind the firmware, to the last 4 MiB.
    #expect(
      mistakes.first?.message
        == "'bounce' takes 16 MiB, and the largest hole in the memory of 'guest' has 8 MiB, at "
        + "0x47400000")
  }

  @Test("no memory at all, and none that is left")
  func noHole() {
    let pool = RestrictedDMAPool("bounce", at: .computed, size: .mib(2))
    let nothing = Lowering(
      Platform("p") { VirtualMachine("guest", architecture: .arm64) { pool } }
    ).mistakes
    #expect(
      nothing.map(\.message) == [
        "'bounce' takes 2 MiB, and there is no hole in the memory of 'guest'"
      ])
    let small = computedPoolMistakes(memory: .mib(4)) { pool }
    #expect(small.map(\.message) == nothing.map(\.message))
  }

  @Test("a pool as large as all numbers")
  func enormous() {
    let pool = RestrictedDMAPool("bounce", at: .computed, size: .bytes(.max))
    #expect(computedPoolMistakes { pool }.map(\.id) == ["description/no-room"])
    let everything = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          Memory(at: 0, size: .bytes((1 << 52) - 4096))
          pool
        }
      })
    #expect(everything.mistakes.map(\.id) == ["description/no-room"])
  }

  @Test("is left unsaid where a device that uses the pool is wrong itself")
  func consequence() {
    let mistakes = computedPoolMistakes {
      bounce
      VirtioMMIO(.block, slot: 99, memoryRegion: bounce)
    }
    #expect(mistakes.map(\.id) == ["description/no-such-slot"])
  }

  private func model(_ element: String) throws -> Platform {
    try Platform(
      strictJSON: Array(
        """
        {"schemaVersion": 1, "name": "p", "virtualMachines": [{
          "name": "guest", "architecture": "arm64",
          "declaration": {"allowances": [], "additions": []}, "elements": [\(element)]}]}
        """.utf8))
  }

  @Test("a region that is no pool, in a model")
  func otherRegion() throws {
    let platform = try model(
      """
      {"reservedMemory": {"name": "firmware", "placement": {"computed": {}}, "compatible": [],
        "noMap": true, "reusable": false, "declaration": {"allowances": [], "additions": []}}}
      """)
    let mistakes = Lowering(platform).mistakes
    #expect(
      mistakes.map(\.message) == ["only a restricted pool is computed, and 'firmware' is none"])
  }

  @Test(
    "a placement that leaves nothing to compute, in a model",
    arguments: [
      (
        #""at": "0x1000", "size": "0x1000""#,
        "expected at or size, not both: with both the placement is static"
      ),
      (
        #""size": "0x1000", "guestPageSize": "0x1000""#,
        "a stated size does not depend on guestPageSize"
      ),
    ])
  func nothingComputed(keys: String, message: String) throws {
    let element = """
      {"restrictedDMAPool": {"name": "bounce", "placement": {"computed": {\(keys)}},
        "declaration": {"allowances": [], "additions": []}}}
      """
    let error = #expect(throws: ModelError.self) { try model(element) }
    #expect(error?.message == message)
  }
}
