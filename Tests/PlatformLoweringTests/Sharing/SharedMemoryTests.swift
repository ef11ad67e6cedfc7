import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("lowering memory that machines share")
struct SharedMemoryTests {
  private let vrings = SharedMemory("vrings", at: 0x5000_0000, size: .mib(16))

  private func machine(
    _ name: String, memory: ByteCount = .gib(1), @ComponentBuilder _ elements: () -> [Element]
  ) -> VirtualMachine {
    VirtualMachine(name, on: .qemuVirt(gic: .v3), cpus: 1, memory: memory, elements)
  }

  private func trees(_ lowering: Lowering) throws -> [FlattenedTree] {
    try lowering.machines.map { try FlattenedTree($0.tree.flattened()) }
  }

  private func properties(_ tree: FlattenedTree, at path: String) -> [String] {
    tree.node(at: path)?.properties.map(\.name).filter { $0 != "phandle" } ?? []
  }

  @Test("each machine has a node of one name, address and size, and what it does with it")
  func roles() throws {
    let lowering = Lowering(
      Platform("p") {
        machine("front") {
          vrings.asRestrictedDMAPool()
          VirtioMMIO(.block, memoryRegion: vrings)
        }
        machine("back", memory: .mib(256)) { vrings.asReserved(.noMap) }
      })
    #expect(lowering.mistakes == [])
    let trees = try trees(lowering)
    let path = "/reserved-memory/vrings@50000000"
    for tree in trees {
      #expect(tree.cells(path, "reg") == ["0", "50000000", "0", "1000000"])
    }
    #expect(trees.map { properties($0, at: path) } == [["compatible", "reg"], ["reg", "no-map"]])
    #expect(trees[0].node(at: path)?.property("compatible")?.string == "restricted-dma-pool")
    #expect(
      trees[0].cells("/virtio_mmio@a000000", "memory-region", phandles: [0]) == ["vrings@50000000"])
  }

  @Test("a backend's kernel may have it mapped, and the role may stand in the braces of a memory")
  func mapped() throws {
    let lowering = Lowering(
      Platform("p") {
        machine("front") {
          vrings.asRestrictedDMAPool()
          VirtioMMIO(.block, memoryRegion: vrings)
        }
        VirtualMachine("back", architecture: .arm64) {
          Memory(at: 0x4000_0000, size: .gib(1)) { vrings.asReserved(.mapped) }
          CPUs(1)
          PSCI(method: .hvc)
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          ArchTimer()
        }
      })
    #expect(lowering.mistakes == [])
    let tree = try trees(lowering)[1]
    #expect(properties(tree, at: "/reserved-memory/vrings@50000000") == ["reg"])
  }

  @Test("an address that differs has to be written out, and is where that machine has it")
  func otherAddress() throws {
    let lowering = Lowering(
      Platform("p") {
        machine("front") {
          vrings.asRestrictedDMAPool()
          VirtioMMIO(.block, memoryRegion: vrings)
        }
        machine("back", memory: .mib(256)) { vrings.asReserved(.noMap, at: 0x6000_0000) }
      })
    #expect(lowering.mistakes == [])
    let tree = try trees(lowering)[1]
    #expect(tree.node(at: "/reserved-memory/vrings@60000000") != nil)
    let shares = LoweredShare.all(in: lowering.machines)
    #expect(shares.first?.parties.map(\.role.range.at) == [0x5000_0000, 0x6000_0000])
  }

  @Test("what machines share is told with their roles and their devices")
  func shares() throws {
    let other = SharedMemory("other", at: 0x5200_0000, size: .mib(4))
    let platform = Platform("p") {
      machine("front") {
        vrings.asRestrictedDMAPool()
        other.asRestrictedDMAPool()
        VirtioMMIO(.block, memoryRegion: vrings, backend: "back")
        PCIHostBridge(memoryRegion: other) {
          VirtioPCI(.network(), slot: 1, backend: "third")
          VirtioPCI(.entropy, slot: 2, memoryRegion: vrings)
        }
      }
      machine("back", memory: .mib(256)) { vrings.asReserved(.noMap) }
      machine("third", memory: .mib(256)) { other.asReserved(.mapped) }
    }
    let lowering = Lowering(platform)
    #expect(lowering.mistakes == [])
    let shares = LoweredShare.all(in: lowering.machines, tables: lowering.tables)
    #expect(shares.map(\.name) == ["vrings", "other"])
    #expect(shares.map(\.partyCount) == [2, 2])
    #expect(shares.map { $0.parties.map(\.machine) } == [["front", "back"], ["front", "third"]])
    #expect(
      shares.map { $0.parties.map(\.role.use) } == [
        [.restrictedDMAPool, .noMap], [.restrictedDMAPool, .mapped],
      ])
    #expect(
      shares.map { $0.parties.map(\.role.path) } == [
        ["/reserved-memory/vrings@50000000", "/reserved-memory/vrings@50000000"],
        ["/reserved-memory/other@52000000", "/reserved-memory/other@52000000"],
      ])
    #expect(
      shares.map { $0.devices.map(\.device.deviceID) } == [[2, 4], [1]])
    #expect(shares.map { $0.devices.map(\.device.backend) } == [["back", nil], ["third"]])
    // The model says the same.
    let again = try Platform(json: platform.json())
    #expect(again == platform)
    let copy = Lowering(again)
    #expect(LoweredShare.all(in: copy.machines) == LoweredShare.all(in: lowering.machines))
  }

  @Test("machines that aren't wanted still count as parties")
  func wanted() {
    let platform = Platform("p") {
      machine("front") {
        vrings.asRestrictedDMAPool()
        VirtioMMIO(.block, memoryRegion: vrings, backend: "back")
      }
      machine("back", memory: .mib(256)) { vrings.asReserved(.noMap) }
    }
    var wanted = platform
    wanted.virtualMachines.removeLast()
    #expect(
      Lowering(wanted).mistakes.map(\.id) == [
        "description/party-missing", "description/unknown-backend",
      ])
    #expect(Lowering(wanted, of: platform).mistakes == [])
  }

  @Test("a node may refer to the share, and to the role in it")
  func references() throws {
    let role = vrings.asReserved(.noMap)
    let lowering = Lowering(
      Platform("p") {
        machine("front") {
          vrings.asRestrictedDMAPool()
          VirtioMMIO(.block, memoryRegion: vrings)
        }
        machine("back", memory: .mib(256)) {
          role
          Node("one") { Property("memory-region", .phandle(vrings)) }
          Node("two") { Property("memory-region", .phandle(role)) }
        }
      })
    #expect(lowering.mistakes == [])
    let tree = try trees(lowering)[1]
    for node in ["/one", "/two"] {
      #expect(tree.cells(node, "memory-region", phandles: [0]) == ["vrings@50000000"])
    }
  }

  @Test("under ACPI a backend has nothing to be told where the memory is none of its RAM")
  func tables() throws {
    func back(memory: ByteCount) -> VirtualMachine {
      VirtualMachine("back", architecture: .arm64, firmware: .acpi) {
        Memory(at: 0x4000_0000, size: memory)
        vrings.asReserved(.noMap)
        VirtioMMIO(.entropy, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
      }
    }
    let front = machine("front") {
      vrings.asRestrictedDMAPool()
      VirtioMMIO(.block, memoryRegion: vrings)
    }
    let lowering = Lowering(
      Platform("p") {
        front
        back(memory: .mib(256))
      })
    #expect(lowering.mistakes == [])
    let shares = LoweredShare.all(in: lowering.machines, tables: lowering.tables)
    #expect(
      shares.first?.parties.map(\.role.path) == ["/reserved-memory/vrings@50000000", nil])
    let inside = Lowering(
      Platform("p") {
        front
        back(memory: .gib(1))
      })
    #expect(inside.mistakes.map(\.id) == ["description/no-effect-under-acpi"])
  }
}
