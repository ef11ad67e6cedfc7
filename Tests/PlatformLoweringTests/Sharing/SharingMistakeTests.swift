import PlatformDescription
import PlatformLowering
import Testing

/// Mistakes about shared memory that take no wrong platform in `fixtures/rejected`, or many of them.
@Suite("mistakes about memory that machines share")
struct SharingMistakeTests {
  private let vrings = SharedMemory("vrings", at: 0x5000_0000, size: .mib(16))

  private func ids(_ platform: Platform) -> [String] { Lowering(platform).mistakes.map(\.id) }

  private func machine(
    _ name: String, memory: ByteCount = .mib(256), @ComponentBuilder _ elements: () -> [Element]
  ) -> VirtualMachine {
    VirtualMachine(name, on: .qemuVirt(gic: .v3), cpus: 1, memory: memory, elements)
  }

  /// A platform of a frontend and a backend.
  private func pair(_ share: SharedMemory) -> Platform {
    Platform("p") {
      machine("front", memory: .gib(1)) {
        share.asRestrictedDMAPool()
        VirtioMMIO(.block, memoryRegion: share)
      }
      machine("back") { share.asReserved(.noMap) }
    }
  }

  @Test("base and size are multiples of 64 KiB, at the line of the share")
  func alignment() {
    for (at, size) in [
      (0x5000_1000, 0x10_0000), (0x5000_8000, 0x10_0000), (0x5000_0000, 0x10_1000),
    ] as [(UInt64, UInt64)] {
      let line = #line + 1
      let share = SharedMemory("vrings", at: GuestAddress(at), size: .bytes(size))
      let mistakes = Lowering(pair(share)).mistakes
      #expect(mistakes.map(\.id) == ["description/share-misaligned"])
      #expect(mistakes.first?.location?.line == line)
    }
    let other = Platform("p") {
      machine("front", memory: .gib(1)) {
        vrings.asRestrictedDMAPool()
        VirtioMMIO(.block, memoryRegion: vrings)
      }
      machine("back") { vrings.asReserved(.noMap, at: 0x6000_4000) }
    }
    #expect(ids(other) == ["description/share-misaligned"])
  }

  @Test("there is a share of some bytes, below the end of all addresses")
  func extent() {
    #expect(
      ids(pair(SharedMemory("vrings", at: 0x5000_0000, size: .bytes(0))))
        .contains("description/empty-share"))
    #expect(
      ids(pair(SharedMemory("vrings", at: 0xffff_ffff_ffff_0000, size: .gib(1))))
        .contains("description/beyond-addresses"))
  }

  @Test("as many machines have it as are said", arguments: [-1, 0, 1, 2, 3, 4, Int.max])
  func parties(said: Int) {
    let share = SharedMemory("vrings", at: 0x5000_0000, size: .mib(16), parties: said)
    let platform = Platform("p") {
      machine("front", memory: .gib(1)) {
        share.asRestrictedDMAPool()
        VirtioMMIO(.block, memoryRegion: share)
      }
      machine("back") { share.asReserved(.noMap) }
      machine("third") { share.asReserved(.noMap) }
    }
    let expected: [String] =
      switch said {
      case ..<2: ["description/parties-impossible"]
      case 2: ["description/party-not-said"]
      case 3: []
      default: ["description/party-missing"]
      }
    #expect(ids(platform) == expected)
  }

  @Test("one kernel alone may bounce through it")
  func frontends() {
    let platform = Platform("p") {
      machine("one", memory: .gib(1)) {
        vrings.asRestrictedDMAPool()
        VirtioMMIO(.block, memoryRegion: vrings)
      }
      machine("two", memory: .gib(1)) {
        vrings.asRestrictedDMAPool()
        VirtioMMIO(.block, memoryRegion: vrings)
      }
    }
    #expect(ids(platform) == ["description/two-frontends"])
  }

  @Test("two shares have two names, in the platform and beside other regions")
  func names() {
    let other = SharedMemory("vrings", at: 0x5200_0000, size: .mib(16))
    #expect(
      ids(
        Platform("p") {
          machine("front", memory: .gib(1)) {
            vrings.asRestrictedDMAPool()
            VirtioMMIO(.block, memoryRegion: vrings)
          }
          machine("back") { other.asReserved(.noMap) }
        }) == ["description/duplicate-name"])
    #expect(
      ids(
        Platform("p") {
          machine("front", memory: .gib(1)) {
            vrings.asRestrictedDMAPool()
            RestrictedDMAPool("vrings", at: 0x6000_0000, size: .mib(8))
            VirtioMMIO(.block, memoryRegion: vrings)
          }
          machine("back") { vrings.asReserved(.noMap) }
        }) == ["description/duplicate-name"])
  }

  @Test("what is said of a node is said behind a role")
  func words() {
    for share in [
      vrings.allowing("dma/unused-pool", because: "a test"), vrings.named("rings"),
      vrings.labelled(Label("rings")), vrings.omitting("reg"),
      vrings.adding { Property("linux,dma-default") },
    ] {
      #expect(ids(pair(share)) == ["description/no-node"])
    }
  }

  @Test("it lies clear of a machine's devices, and on one side of the edge of its memory")
  func overlap() {
    // QEMU's window for PCI is at 0x1000_0000.
    let overPCI = SharedMemory("vrings", at: 0x2000_0000, size: .mib(16))
    #expect(
      ids(
        Platform("p") {
          machine("one") { overPCI.asReserved(.noMap) }
          machine("two") { overPCI.asReserved(.noMap) }
        })
        == ["description/share-over-device", "description/share-over-device"])
    let edge = SharedMemory("vrings", at: 0x4f80_0000, size: .mib(16))
    #expect(
      ids(
        Platform("p") {
          machine("one") { edge.asReserved(.noMap) }
          machine("two", memory: .gib(1)) { edge.asReserved(.mapped) }
        }) == ["description/share-across-memory"])
  }

  @Test("the backend is another machine, which has a role in what the device uses")
  func backends() {
    func ids(
      backend: String, _ region: (any MemoryRegion)?, of back: @autoclosure () -> VirtualMachine
    ) -> [String] {
      self.ids(
        Platform("p") {
          machine("front", memory: .gib(1)) {
            vrings.asRestrictedDMAPool()
            VirtioMMIO(.entropy, memoryRegion: vrings)
            PCIHostBridge(memoryRegion: vrings) {
              PCIBridge(slot: 2, buses: 1...1) {
                VirtioPCI(.block, slot: 0, memoryRegion: region, backend: backend)
              }
            }
          }
          back()
          machine("other") {}
        })
    }
    let pool = RestrictedDMAPool("bounce", at: 0x6000_0000, size: .mib(8))
    let back = machine("back") { vrings.asReserved(.noMap) }
    #expect(ids(backend: "back", nil, of: back) == [])
    #expect(ids(backend: "bakc", nil, of: back) == ["description/unknown-backend"])
    #expect(ids(backend: "front", nil, of: back) == ["description/backend-of-itself"])
    #expect(ids(backend: "other", nil, of: back) == ["description/backend-without-memory"])
    #expect(
      ids(backend: "back", pool, of: back).last == "description/backend-without-memory")
  }

  @Test("a model may lack the role, and that is said")
  func roleNotSaid() throws {
    let text = String(decoding: try pair(vrings).json(), as: UTF8.self)
      .replacing("\"use\" : \"noMap\"", with: "\"use\" : null")
    let mistakes = Lowering(try Platform(json: Array(text.utf8))).mistakes
    #expect(mistakes.map(\.id) == ["description/role-not-said"])
    #expect(mistakes.first?.message == "what does 'back' have 'vrings' for?")
  }

  @Test("a machine has one role")
  func twice() {
    let platform = Platform("p") {
      machine("front", memory: .gib(1)) {
        vrings.asRestrictedDMAPool()
        vrings.asReserved(.noMap)
        VirtioMMIO(.block, memoryRegion: vrings)
      }
      machine("back") { vrings.asReserved(.noMap) }
    }
    #expect(ids(platform) == ["description/stated-twice"])
  }
}
